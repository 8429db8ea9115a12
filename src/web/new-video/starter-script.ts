/** What a newcomer finds in the editor: short, exportable at once, and a tour of the language. */
export const starterScript = `---
title: How a rainbow works
theme: midnight
---

# How a rainbow works

Every rainbow begins with a single drop of rain.

## One drop, one tiny mirror

Sunlight slips into the drop and bends. It bounces off the back, then bends again on its way out.

## Why there are colours

- Red light bends the least
- Violet light bends the most
- So the drop fans them all apart

## A rainbow of your own

Stand with the sun behind you and look at the rain. The rainbow you see is yours alone.
`;
