"use client";

import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";

type LinkProps = {
  readonly href: string;
  readonly children: ReactNode;
  readonly title?: string;
  readonly target?: "_blank";
};

/** A button that leads to a page; unlike Button with a component it may stand in a server component. */
export function LinkButton({ href, children, ...props }: LinkProps & ButtonProps) {
  return (
    <Button component={Link} href={href} {...props}>
      {children}
    </Button>
  );
}

/** A blue link within text or beside a title. */
export function TextLink({ href, children, ...props }: LinkProps & AnchorProps) {
  return (
    <Anchor component={Link} href={href} fz="inherit" {...props}>
      {children}
    </Anchor>
  );
}
