// SPDX-License-Identifier: GPL-3.0-or-later
// Drawings of garden things and tools, on a 120 x 120 sheet. Class names are paints, see styles/illustrations.css.

export const GARDEN = {
  plant: `
    <ellipse class="f-shadow" cx="60" cy="108" rx="28" ry="3.5"/>
    <path class="l-leaf" stroke-width="3" d="M60 76V40M60 70c-4-12-12-18-20-22M60 66c4-10 10-14 18-18"/>
    <path class="f-leaf" d="M60 46c-12-10-12-26 0-38 12 12 12 28 0 38Z"/>
    <path class="f-leaf" d="M46 58c-16 2-26-6-30-20 16-4 28 2 30 20ZM74 56c0-18 12-26 30-24 0 16-12 26-30 24Z"/>
    <path class="f-leaf-dark" d="M60 46c0-14 0-26 0-38 12 12 12 28 0 38ZM46 58c-8-8-18-15-30-20 16-4 28 2 30 20ZM74 56c10-6 20-14 30-24 0 16-12 26-30 24Z"/>
    <path class="f-main" d="M36 78h48l-6 24a6 6 0 0 1-6 5H48a6 6 0 0 1-6-5Z"/>
    <path class="f-shade" d="M72 78h12l-6 24a6 6 0 0 1-6 5h-6c4-8 6-20 6-29Z"/>
    <rect class="f-main" x="32" y="70" width="56" height="12" rx="4"/>
    <rect class="f-light" x="37" y="74" width="26" height="3.5" rx="1.75"/>`,

  drill: `
    <ellipse class="f-shadow" cx="56" cy="107" rx="34" ry="3.5"/>
    <path class="f-metal" d="M92 34h22l4 3-4 3H92Z"/>
    <path class="f-ink" d="M80 26h8l6 6v10l-6 6h-8Z"/>
    <path class="f-main" d="M16 24a8 8 0 0 1 8-8h50a8 8 0 0 1 8 8v22a8 8 0 0 1-8 8H58c-4 10-4 20-2 34H34c-2-14 0-24-2-34h-8a8 8 0 0 1-8-8Z"/>
    <path class="f-shade" d="M16 42h66v4a8 8 0 0 1-8 8H58c-4 10-4 20-2 34h-8c-4-14-2-26 2-34H24a8 8 0 0 1-8-8Z"/>
    <path class="f-ink" d="M56 58h8c2 4 0 10-6 10h-4Z"/>
    <path class="f-ink" d="M26 86h40a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H26a4 4 0 0 1-4-4V90a4 4 0 0 1 4-4Z"/>
    <path class="l-pale" stroke-width="2.5" opacity=".8" d="M26 24h22M26 30h14"/>
    <rect class="f-light" x="30" y="93" width="20" height="5" rx="2.5"/>`,

  hammer: `
    <ellipse class="f-shadow" cx="60" cy="107" rx="34" ry="3"/>
    <path class="f-wood" d="m64 38 10 8-40 56a7 7 0 0 1-11-8Z"/>
    <path class="f-main" d="m44 66 10 8-20 28a7 7 0 0 1-11-8Z"/>
    <path class="f-shade" d="m50 71 4 3-20 28a7 7 0 0 1-7 2c10-6 16-22 23-33Z"/>
    <path class="f-steel" d="M54 40c4-10 2-18-8-24 14-6 26-2 34 6l-14 24Z"/>
    <path class="f-metal" d="m66 46 16-24 14 10 4 2-14 21-4-2Z"/>
    <path class="f-steel" d="m92 30 13 9-12 18-13-9Z"/>
    <path class="f-pale" d="m72 44 12-18 3 2-12 18Z" opacity=".6"/>`,

  "watering-can": `
    <ellipse class="f-shadow" cx="58" cy="105" rx="40" ry="3.5"/>
    <path class="l-shade" stroke-width="6" d="M74 46c26-14 40 24 8 44"/>
    <path class="l-shade" stroke-width="6" d="M40 44c4-26 32-26 38 0"/>
    <path class="f-main" d="M40 82 20 40l-7 3 6 30 19 28Z"/>
    <path class="f-shade" d="m8 34 18-8 4 9-18 9Z"/>
    <path class="f-main" d="M36 44h46l6 54a6 6 0 0 1-6 6H38a6 6 0 0 1-6-6Z"/>
    <path class="f-shade" d="M72 44h10l6 54a6 6 0 0 1-6 6H70c6-16 6-42 2-60Z"/>
    <path class="f-light" d="M43 54h5l-2 40h-6Z"/>
    <ellipse class="f-ink" cx="59" cy="44" rx="23" ry="4"/>
    <path class="l-water" stroke-width="2.5" d="M8 46v8M14 50v10M20 44v6"/>`,
};
