import { z } from "zod";
import { attributeSchema, eventTypeSchema, instantOfEvent, newKeySchema } from "../catalogue/definition";

export const eventTypeItemSchema = z.object({
  ...eventTypeSchema.shape,
  /** Keys of the attributes that are computed from it. */
  attributes: z.array(z.string()),
});
export type EventTypeItem = z.infer<typeof eventTypeItemSchema>;
export const eventTypeListSchema = z.object({ items: z.array(eventTypeItemSchema), total: z.int() });

export const createEventTypeSchema = eventTypeSchema
  .extend({ key: newKeySchema })
  .refine(({ properties }) => properties.every(({ key }) => newKeySchema.safeParse(key).success), {
    path: ["properties"],
    error: "A property has a reserved key.",
  })
  .refine(({ properties }) => properties.every(({ key }) => key !== instantOfEvent), {
    path: ["properties"],
    error: `"${instantOfEvent}" is the instant that every event has; name the property otherwise.`,
  })
  .refine(({ properties }) => new Set(properties.map(({ key }) => key)).size === properties.length, {
    path: ["properties"],
    error: "Two properties have the same key.",
  });
export const createdEventTypeSchema = z.object({ eventType: eventTypeSchema });

export const refreshedAttributeSchema = z.object({ attribute: attributeSchema, refreshedAt: z.iso.datetime() });
