import { Kbd } from "@mantine/core";
import { Fragment } from "react";

/** Keys pressed together: <Shortcut keys={["Ctrl", "K"]} />. */
export function Shortcut({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span>
      {keys.map((key, index) => (
        <Fragment key={key}>
          {index > 0 && " "}
          <Kbd>{key}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
