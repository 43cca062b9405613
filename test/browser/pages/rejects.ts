window.result = Promise.reject(new Error("the shapes do not meet"));
