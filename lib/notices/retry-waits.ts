/** Seconds until the next try, by how many there were: 1 min, 5 min, 15 min, 1 h, 4 h. The sixth try is the last. */
export const retryWaitsSeconds = [60, 300, 900, 3_600, 14_400] as const;

export const mostTries = retryWaitsSeconds.length + 1;

/** Seconds for which whoever tries has it to themselves: by then it is settled, or they are gone and it is due again. */
export const claimSeconds = [...retryWaitsSeconds, 60];
