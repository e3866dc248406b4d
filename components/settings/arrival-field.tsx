import type { ComponentProps } from "react";
import { NumberField } from "@/components/ui/number-field";

type ArrivalFieldProps = Pick<ComponentProps<typeof NumberField>, "value" | "onChange" | "error">;

/** How often a value of an attribute is expected; blank where nobody waits for it. */
export function ArrivalField(props: ArrivalFieldProps) {
  return (
    <NumberField
      label="A value comes at least every"
      description="Silent for longer, it is a warning on the segments that use it."
      suffix=" hours"
      min={1}
      allowDecimal={false}
      {...props}
    />
  );
}
