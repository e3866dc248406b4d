import { notFound } from "next/navigation";

/** An address that no page has is answered within the console's frame. */
export default function MissingPage(): never {
  notFound();
}
