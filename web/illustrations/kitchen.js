// SPDX-License-Identifier: GPL-3.0-or-later
// Drawings of kitchen things, on a 120 x 120 sheet. Class names are paints, see styles/illustrations.css.

export const KITCHEN = {
  kettle: `
    <ellipse class="f-shadow" cx="58" cy="105" rx="36" ry="3.5"/>
    <path class="l-ink" stroke-width="7" d="M80 40c18-4 24 12 19 26-3 9-9 16-15 20"/>
    <path class="f-shade" d="M38 56 20 44l-4 6 20 26Z"/>
    <path class="f-main" d="M38 36h42l8 58a6 6 0 0 1-6 7H36a6 6 0 0 1-6-7Z"/>
    <path class="f-shade" d="M70 36h10l8 58a6 6 0 0 1-6 7H68c8-18 6-44 2-65Z"/>
    <path class="f-light" d="M43 46h5l-4 44h-6Z"/>
    <path class="f-ink" d="M40 30a19 12 0 0 1 38 0v6H40Z"/>
    <circle class="f-ink" cx="59" cy="16" r="4.5"/>
    <rect class="f-ink" x="28" y="98" width="62" height="6" rx="3"/>`,

  "coffee-maker": `
    <ellipse class="f-shadow" cx="60" cy="106" rx="40" ry="3.5"/>
    <path class="f-main" d="M26 18h66a4 4 0 0 1 4 4v16H50v52h46v10a4 4 0 0 1-4 4H28a6 6 0 0 1-6-6V22a4 4 0 0 1 4-4Z"/>
    <path class="f-shade" d="M22 90h74v10a4 4 0 0 1-4 4H28a6 6 0 0 1-6-6Z"/>
    <rect class="f-ink" x="60" y="38" width="24" height="7" rx="2"/>
    <path class="f-ink" d="M70 45h4v6h-4Z"/>
    <path class="l-ink" stroke-width="4" d="M88 62c10-2 10 16-2 16"/>
    <path class="f-metal" d="M56 54h34l-4 30a4 4 0 0 1-4 4H64a4 4 0 0 1-4-4Z" opacity=".85"/>
    <path class="f-bark" d="M58 68h30l-2 16a4 4 0 0 1-4 4H64a4 4 0 0 1-4-4Z"/>
    <circle class="f-pale" cx="36" cy="32" r="4.5"/>
    <path class="l-light" stroke-width="3" d="M32 48v32"/>`,

  pan: `
    <ellipse class="f-shadow" cx="52" cy="98" rx="40" ry="3.5"/>
    <path class="f-wood" d="M82 48 108 22a6 6 0 0 1 8.5 8.500L90 57Z"/>
    <path class="f-steel" d="m76 50 9-9 10 10-9 9Z"/>
    <circle class="f-shade" cx="52" cy="68" r="38"/>
    <circle class="f-main" cx="52" cy="65" r="38"/>
    <circle class="f-ink" cx="52" cy="65" r="30"/>
    <circle class="f-pale" cx="50" cy="66" r="14" opacity=".95"/>
    <path class="f-pale" d="M44 54c10-6 24-2 24 8s4 10-2 16-14 2-20 4-16-4-14-12 4-12 12-16Z" opacity=".95"/>
    <circle class="f-yolk" cx="51" cy="66" r="7.5"/>`,

  knife: `
    <ellipse class="f-shadow" cx="60" cy="104" rx="36" ry="3"/>
    <path class="f-metal" d="M98 10C74 18 46 44 33 66l17 14C70 64 94 34 98 10Z"/>
    <path class="f-pale" d="M98 10C82 22 58 48 44 75l6 5C70 64 94 34 98 10Z" opacity=".75"/>
    <path class="f-steel" d="m33 64 19 16-5 6-19-16Z"/>
    <path class="f-main" d="m29 69 18 15-16 19a9 9 0 0 1-13 1l-4-3.500a9 9 0 0 1-1-13Z"/>
    <path class="f-shade" d="m38 77 9 7-16 19a9 9 0 0 1-13 1l-2-2c8 0 16-16 22-25Z"/>
    <circle class="f-pale" cx="32" cy="82" r="2"/><circle class="f-pale" cx="23" cy="93" r="2"/>`,

  mug: `
    <ellipse class="f-shadow" cx="54" cy="103" rx="34" ry="3.5"/>
    <path class="l-shade" stroke-width="8" d="M80 50c24-6 24 34-2 32"/>
    <path class="f-main" d="M24 34h60v54a14 14 0 0 1-14 14H38a14 14 0 0 1-14-14Z"/>
    <path class="f-shade" d="M72 34h12v54a14 14 0 0 1-14 14h-4c8-16 8-46 6-68Z"/>
    <ellipse class="f-light" cx="54" cy="34" rx="30" ry="7"/>
    <ellipse class="f-bark" cx="54" cy="35.5" rx="25" ry="5"/>
    <rect class="f-light" x="31" y="50" width="4.5" height="34" rx="2.25"/>
    <path class="l-pale" stroke-width="2.5" opacity=".7" d="M46 24c-4-5 4-7 0-13M60 24c-4-5 4-7 0-13"/>`,

  bottle: `
    <ellipse class="f-shadow" cx="60" cy="107" rx="22" ry="3.5"/>
    <rect class="f-ink" x="48" y="10" width="24" height="17" rx="4"/>
    <path class="l-ink" stroke-width="4" d="M72 18h6a5 5 0 0 1 5 5v6"/>
    <path class="f-metal" d="M50 26h20v7H50Z"/>
    <path class="f-main" d="M50 32h20c8 5 12 12 12 20v46a8 8 0 0 1-8 8H46a8 8 0 0 1-8-8V52c0-8 4-15 12-20Z"/>
    <path class="f-shade" d="M70 32c8 5 12 12 12 20v46a8 8 0 0 1-8 8h-6c6-16 6-58 2-74Z"/>
    <path class="f-light" d="M46 48c1-4 3-7 6-9l1 3c-2 3-3 6-3 10v36h-4Z"/>
    <path class="f-pale" d="M54 68c6-10 6-10 12 0a6.5 6.5 0 1 1-12 0Z" opacity=".85"/>`,
};
