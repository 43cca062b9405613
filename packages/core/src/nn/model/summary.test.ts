import { beforeEach, expect, test, vi } from "vitest";
import { averagePooling2d, conv2d, dense, flatten } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { resetNames } from "../names.ts";
import { model } from "./functional.ts";
import { sequential } from "./sequential.ts";

beforeEach(resetNames);

test("looks as Keras prints it", () => {
  const image = input([28, 28, 1], { name: "image" });
  const encoder = model(image, conv2d(4, 3, { padding: "same" })(image), { name: "encoder" });
  const whole = model(image, dense(12)(flatten()(averagePooling2d()(encoder(image)))));
  const print = vi.fn<(text: string) => void>();
  const text = whole.summary({ print });
  expect(print).toHaveBeenCalledExactlyOnceWith(text);
  // Printed by Keras 3.15 for the same model, on a terminal of 80 columns.
  expect(`\n${text}\n`).toBe(`
Model: "functional"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ image (InputLayer)              │ (None, 28, 28, 1)      │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ encoder (Functional)            │ (None, 28, 28, 4)      │            40 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ average_pooling2d               │ (None, 14, 14, 4)      │             0 │
│ (AveragePooling2D)              │                        │               │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ flatten (Flatten)               │ (None, 784)            │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dense (Dense)                   │ (None, 12)             │         9,420 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 9,460 (36.95 KB)
 Trainable params: 9,460 (36.95 KB)
 Non-trainable params: 0 (0.00 B)
`);
});

test("shows nested layers, connections, what is frozen and what is not built", () => {
  const print = vi.fn<(text: string) => void>();
  const start = input([4], { name: "in" });
  const inner = model(start, dense(2, { name: "deep", trainable: false })(start), { name: "inner" });
  const branches = model(start, [inner(start), dense(3, { name: "side" })(start)], { name: "branches" });
  const text = branches.summary({ print, expandNested: true });
  expect(text).toContain("Connected to");
  expect(text).toMatch(/│ inner \(Functional\) +│ \(None, 2\) +│ +10 │ in\[0\]\[0\] +│/u);
  expect(text).toMatch(/│ {4}└ deep \(Dense\) +│ \(None, 2\)/u);
  expect(text).toContain("Non-trainable params: 10 (40.00 B)");
  expect(sequential([dense(3)]).summary({ print })).toMatch(/│ \? +│ +0 \(unbuilt\) │/u);
});
