import { describe, expect, it } from "vitest";
import { flatten, Index } from "./index-expr.ts";

const i = Index.variable({ id: 0, name: "i" });
const j = Index.variable({ id: 1, name: "j" });

describe("Index", () => {
  it("adds up constants and coefficients", () => {
    expect(i.times(3).plus(j).plus(i).minus(2).plus(7).toString()).toBe("4*i + j + 5");
    expect(Index.from(4).plus(i).toString()).toBe("i + 4");
  });

  it("multiplies every term", () => {
    expect(i.plus(j.times(-2)).plus(5).times(-3).toString()).toBe("-3*i + 6*j + -15");
  });

  it("drops terms that cancel", () => {
    expect(i.plus(3).minus(i).known).toBe(3);
    expect(i.times(0).known).toBe(0);
    expect(i.minus(i.plus(j)).toString()).toBe("-1*j");
  });

  it("is known only without variables", () => {
    expect(Index.constant(-2).known).toBe(-2);
    expect(i.known).toBeUndefined();
  });

  it("does not change its operands", () => {
    i.plus(j).times(4).minus(1);
    expect(i.toString()).toBe("i");
    expect(Index.constant(0).toString()).toBe("0");
  });
});

describe("flatten", () => {
  it("gives the row-major position", () => {
    expect(flatten([1, 2, 3], [4, 5, 6]).known).toBe((1 * 5 + 2) * 6 + 3);
    expect(flatten([i, 0, j.plus(1)], [4, 5, 6]).toString()).toBe("30*i + j + 1");
  });

  it("is 0 for a scalar", () => {
    expect(flatten([], []).known).toBe(0);
  });
});
