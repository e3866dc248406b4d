"use client";

import { AboutFields } from "./about-fields";
import { EffectFields } from "./effect-fields";
import styles from "./fields.module.css";
import { GuardFields } from "./guard-fields";
import { HandFields } from "./hand-fields";
import { StandingField } from "./standing-field";
import { TestFields } from "./test-fields";

/** Everything below the rule that a version freezes. */
export function EditorFields() {
  return (
    <div className={styles.fields}>
      <HandFields />
      <GuardFields />
      <EffectFields />
      <AboutFields />
      <StandingField />
      <TestFields />
    </div>
  );
}
