"use client";

import { Switch, Tooltip } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { setNoticePreferences } from "@/lib/notices/mutations";

type MailSwitchProps = { readonly mail: { readonly wanted: boolean; readonly available: boolean } };

/** Whether notices come by mail too; said to be of no use where the installation sends none. */
export function MailSwitch({ mail }: MailSwitchProps) {
  const set = useMutation(setNoticePreferences);
  return (
    <Tooltip label="This installation has no mail server: notices are here only." disabled={mail.available}>
      <Switch
        label="By mail too"
        checked={set.isPending ? set.variables.mail : mail.wanted}
        disabled={!mail.available}
        onChange={(event) => set.mutate({ mail: event.currentTarget.checked })}
      />
    </Tooltip>
  );
}
