import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testEngines } from "../testing/engines";
import type { Engine } from "./engine";

const mail = { namespace: "email", value: "hash of a@x.test", customerId: "a" };
const device = { namespace: "device", value: "d-1", customerId: "a" };
let engine: Engine;

describe.each(Object.entries(testEngines))("%s", { timeout: 60_000 }, (_, open) => {
  beforeEach(async () => {
    engine = await open();
  });
  afterEach(() => engine.close());

  test("an identity names its customer, also one who is not known yet, until it is unlinked", async () => {
    expect(await engine.link([mail, device])).toEqual({ linked: 2, taken: [] });
    expect(await engine.link([mail])).toEqual({ linked: 0, taken: [] });
    expect(await engine.findByIdentity("email", mail.value)).toBe("a");
    expect(await engine.findByIdentity("device", mail.value)).toBeNull();
    expect(await engine.identitiesOf("a")).toEqual([device, mail]);
    await engine.unlink([mail, { ...device, customerId: "b" }]);
    expect(await engine.identitiesOf("a")).toEqual([device]);
    expect(await engine.link([{ ...mail, customerId: "b" }])).toEqual({ linked: 1, taken: [] });
    expect(await engine.findByIdentity("email", mail.value)).toBe("b");
  });

  test("an identity that names somebody else is left so and given back, within one call too", async () => {
    await engine.link([mail]);
    const other = { ...mail, customerId: "b" };
    const twice = [device, { ...device, customerId: "c" }];
    expect(await engine.link([other, ...twice])).toEqual({ linked: 1, taken: [other, twice[1]] });
    expect(await engine.findByIdentity("email", mail.value)).toBe("a");
  });

  test("one without namespace, value or customer is refused, and nothing of its call is kept", async () => {
    for (const wrong of [{ value: "" }, { namespace: "" }, { customerId: "" }, { value: "\ud800" }])
      await expect(engine.link([device, { ...mail, ...wrong }])).rejects.toMatchObject({
        reason: "unstorable-identity",
      });
    expect(await engine.identitiesOf("a")).toEqual([]);
  });
});
