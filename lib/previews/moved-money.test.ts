import { describe, expect, test } from "vitest";
import { downToCell } from "../catalogue/small-cells";
import { roundMoney } from "./moved-money";

const customers = { entering: 400, leaving: 12 };
const spend = { attribute: "spend", name: "Spend", unit: "EUR" };
const exactly = (number: number) => number;

describe("money that moves is told", () => {
  test("exactly to who may look customers up, without what one customer has", () => {
    const money = [{ ...spend, entering: 12_345.67, leaving: 9, greatest: { entering: 300, leaving: 9 } }];
    expect(roundMoney(money, customers, exactly)).toEqual([{ ...spend, entering: 12_345.67, leaving: 9 }]);
  });

  test.each<[title: string, total: number, greatest: number, moving: number, told: number | null]>([
    ["with two digits to others", 12_345.67, 300, 400, 12_000],
    ["with two digits below nought too", -12_545, 300, 400, -13_000],
    ["where one customer makes up a tenth of it", 1_000, 100, 10, 1_000],
    ["not where one customer makes up more than a tenth", 1_000, 101, 400, null],
    ["not where fewer than a cell move", 1_000, 100, 9, null],
    ["not where nobody has any: that says it of each", 0, 0, 400, null],
    ["not where credits and debits cancel out", 5, 300, 400, null],
  ])("%s", (_title, total, greatest, moving, told) => {
    const money = [{ ...spend, entering: total, leaving: total, greatest: { entering: greatest, leaving: greatest } }];
    const rounded = roundMoney(money, { entering: moving, leaving: moving }, downToCell);
    expect(rounded).toEqual([{ ...spend, entering: told, leaving: told }]);
  });

  test("to others not at all where it is not known who makes it up", () => {
    const money = [{ ...spend, entering: 10_000, leaving: 10_000 }];
    expect(roundMoney(money, customers, downToCell)).toEqual([{ ...spend, entering: null, leaving: null }]);
  });
});
