"use client";

import { TagsInput } from "@mantine/core";
import { FilterButton } from "@/components/ui/filter-button";
import { tidyValues } from "@/lib/rules/split-values";

type TagFilterProps = { readonly tags: readonly string[]; readonly onTags: (tags: string[]) => void };

export function TagFilter({ tags, onTags }: TagFilterProps) {
  return (
    <FilterButton label="Tag" value={tags.length > 0 ? tags.join(", ") : null} onClear={() => onTags([])}>
      {() => (
        <TagsInput
          aria-label="Tags"
          placeholder="A tag, then Enter"
          value={[...tags]}
          onChange={(next) => onTags(tidyValues(next))}
          acceptValueOnBlur
        />
      )}
    </FilterButton>
  );
}
