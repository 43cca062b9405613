console.warn("about to fail");
throw new Error("the page's own error");
