import type { PropertyType } from "../catalogue/definition";

/** The properties of the event types that are stored, by key. */
export type EventShapes = ReadonlyMap<string, ReadonlyMap<string, PropertyType>>;

export type StoredColumn = { readonly table: string; readonly column: string };

/**
 * From the names of the tables and columns that there are: a table is `prefix` and the event type, a column the property
 * and, behind a colon, what `typeOf` reads its type from. Other columns have none.
 */
export function eventShapesOf(
  columns: readonly StoredColumn[],
  prefix: string,
  typeOf: (suffix: string | undefined) => PropertyType | undefined,
): EventShapes {
  const shapes = new Map<string, Map<string, PropertyType>>();
  for (const { table, column } of columns) {
    const event = table.slice(prefix.length);
    const shape = shapes.get(event) ?? new Map<string, PropertyType>();
    shapes.set(event, shape);
    const [key = "", suffix] = column.split(":");
    const type = typeOf(suffix);
    if (type !== undefined) shape.set(key, type);
  }
  return shapes;
}
