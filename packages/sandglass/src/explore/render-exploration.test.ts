import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { texts } from "../report/testing/page.ts";
import type { Exploration } from "./exploration.ts";
import { renderExploration } from "./render-exploration.ts";

const exploration: Exploration = {
  name: "cats <& dogs>",
  lead: "Two of them.",
  tiles: [{ title: "Images", value: "2" }],
  sections: [
    {
      title: "Some",
      note: "Of them.",
      parts: [
        {
          caption: "cats <1>",
          content: { kind: "grid", samples: { shape: [1, 1, 1], values: Float32Array.of(0, 1) }, columns: 2 },
        },
        { content: { kind: "facts", rows: [["a.jpg", "<empty>"]] } },
        { content: { kind: "facts", folded: "Names in full", rows: [["b.jpg", "flat"]] } },
      ],
    },
  ],
  notes: ["one file was left out"],
  advice: [
    { weight: "serious", text: "Move it.", reason: "One is in both parts." },
    { weight: "hint", text: "Make it smaller.", reason: "It is large." },
  ],
  command: ["train", "a b", "--size", "64"],
  summary: [],
  figures: {},
};

const render = async (changes: Partial<Exploration> = {}): Promise<Document> =>
  parseHTML(await renderExploration({ ...exploration, ...changes })).document;

test("has what is serious above all else, then what there is to see, then advice and the training", async () => {
  const page = await render();
  expect(texts(page, "h1")).toEqual(["cats <& dogs>"]);
  expect(page.querySelector("main")!.firstElementChild!.className).toBe("warning");
  expect(texts(page, ".warning")).toEqual(["One is in both parts. Move it."]);
  expect(texts(page, "h2")).toEqual(["Some", "How they were read", "Advice", "The training that fits"]);
  expect(texts(page, "h3")).toEqual(["cats <1>"]);
  expect(texts(page, ".advice li")).toEqual(["One is in both parts. Move it.", "It is large. Make it smaller."]);
  expect(texts(page, "pre.command")).toEqual(["sandglass train 'a b' --size 64"]);
  expect(texts(page, "section > ul:not(.advice) li")).toEqual(["One file was left out."]);
});

test("facts are lines of names and values, folded away where they are many", async () => {
  const page = await render();
  expect(texts(page, ".facts tr")).toEqual(["a.jpg <empty>", "b.jpg flat"]);
  expect(texts(page, "details summary")).toEqual(["Names in full"]);
  expect(texts(page, "details .facts tr")).toEqual(["b.jpg flat"]);
});

test("needs nothing but itself", async () => {
  const page = await render();
  const sources = [...page.querySelectorAll("[src], [href]")].map((element) => element.getAttribute("src") ?? "");
  expect(sources).toHaveLength(2);
  expect(sources.every((source) => source.startsWith("data:image/png;base64,"))).toBe(true);
  expect(page.querySelectorAll("script, link, iframe")).toHaveLength(0);
  expect(page.querySelector("style")!.textContent).not.toMatch(/@import|url\(/u);
});

test("says so where nothing stands out", async () => {
  const page = await render({ advice: [], notes: [] });
  expect(page.querySelector(".warning")).toBeNull();
  expect(texts(page, "h2")).toEqual(["Some", "Advice", "The training that fits"]);
  expect(page.body.textContent).toContain("Nothing stands out: train.");
});
