import type { ReactNode } from "react";
import type { Attribute } from "@/lib/catalogue/definition";
import type { AttributeOperator } from "@/lib/rules/definition";

export type ValueControlProps = {
  readonly attribute: Attribute;
  readonly operator: AttributeOperator;
  readonly value: unknown;
  /** Takes what is not finished too: a draft may hold it, and the check says what is wrong. */
  readonly onChange: (value: unknown) => void;
  /** "of condition 2.1", for the label that is read out. */
  readonly name: string;
  readonly wrong: boolean;
  readonly disabled: boolean;
};

export type ValueControl = (props: ValueControlProps) => ReactNode;
