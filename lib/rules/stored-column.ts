import { unreadable } from "./condition-value";

/** Where an attribute is kept. Throws `unreadable-rule` for one that is not: never a silent false. */
export function storedColumn<Column>(attributes: ReadonlyMap<string, Column>, attribute: string): Column {
  const column = attributes.get(attribute);
  if (column === undefined) throw unreadable(`The rule names attribute "${attribute}", which is not stored.`);
  return column;
}
