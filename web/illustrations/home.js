// SPDX-License-Identifier: GPL-3.0-or-later
// Drawings of furniture and textiles, on a 120 x 120 sheet. Class names are paints, see styles/illustrations.css.

export const HOME = {
  lamp: `
    <ellipse class="f-shadow" cx="60" cy="106" rx="26" ry="3.5"/>
    <path class="f-glow" d="M36 54h48l16 50H20Z"/>
    <rect class="f-wood" x="57" y="52" width="6" height="46"/>
    <path class="f-bark" d="M60 52h3v46h-3Z"/>
    <path class="f-wood" d="M42 105a18 9 0 0 1 36 0Z"/>
    <path class="f-main" d="M42 14h36l18 42H24Z"/>
    <path class="f-shade" d="M66 14h12l18 42H72Z"/>
    <path class="f-light" d="M46 20h6L40 50h-7Z"/>
    <path class="l-steel" stroke-width="2" d="M76 56v14"/>
    <circle class="f-steel" cx="76" cy="72" r="2.5"/>`,

  chair: `
    <ellipse class="f-shadow" cx="60" cy="109" rx="34" ry="3"/>
    <path class="l-bark" stroke-width="5" d="m46 74-4 32M76 74l5 32"/>
    <path class="l-wood" stroke-width="5" d="m38 74-8 33M84 74l8 33"/>
    <path class="f-shade" d="M36 18c0-6 48-6 48 0l4 46H32Z"/>
    <path class="f-main" d="M36 18c0-6 40-6 40 0l4 46H32Z"/>
    <path class="f-light" d="M43 22c0-2 5-3 5-1l-2 36h-5Z"/>
    <rect class="f-main" x="27" y="62" width="66" height="14" rx="7"/>
    <path class="f-shade" d="M27 69h66a7 7 0 0 1-7 7H34a7 7 0 0 1-7-7Z"/>`,

  sofa: `
    <ellipse class="f-shadow" cx="60" cy="101" rx="52" ry="3.5"/>
    <path class="l-wood" stroke-width="5" d="m24 88-3 11M96 88l3 11"/>
    <path class="f-main" d="M24 46a10 10 0 0 1 10-10h52a10 10 0 0 1 10 10v34H24Z"/>
    <path class="l-shade" stroke-width="2" d="M60 38v28"/>
    <path class="f-light" d="M33 41h18a2 2 0 0 1 0 4H33a2 2 0 0 1 0-4Z"/>
    <rect class="f-main" x="24" y="64" width="72" height="16" rx="5"/>
    <path class="l-shade" stroke-width="2" d="M24 66h72M60 66v14"/>
    <path class="f-shade" d="M16 78h88v10a4 4 0 0 1-4 4H20a4 4 0 0 1-4-4Z"/>
    <path class="f-main" d="M8 60a9 9 0 0 1 18 0v28a4 4 0 0 1-4 4H12a4 4 0 0 1-4-4Z"/>
    <path class="f-main" d="M94 60a9 9 0 0 1 18 0v28a4 4 0 0 1-4 4H98a4 4 0 0 1-4-4Z"/>
    <path class="f-shade" d="M20 54a9 9 0 0 1 6 6v28a4 4 0 0 1-4 4h-2ZM106 52a9 9 0 0 1 6 8v28a4 4 0 0 1-4 4h-2Z"/>
    <rect class="f-pale" x="70" y="50" width="18" height="18" rx="4" transform="rotate(-12 79 59)"/>`,

  table: `
    <ellipse class="f-shadow" cx="60" cy="101" rx="48" ry="3"/>
    <path class="f-shade" d="m30 56 5 0-4 43h-5ZM85 56h5l4 43h-5Z"/>
    <path class="f-main" d="M16 56h8l-4 43h-5ZM96 56h8l1 43h-5Z"/>
    <rect class="f-shade" x="12" y="54" width="96" height="8" rx="2"/>
    <rect class="f-main" x="6" y="46" width="108" height="10" rx="4"/>
    <path class="f-light" d="M12 48.500h60v2.500H12Z"/>
    <path class="f-pale" d="M54 46h14l-2-16h-10Z"/>
    <path class="l-leaf" stroke-width="2.5" d="M60 30c0-10-6-12-8-16M61 30c0-8 4-10 8-13"/>
    <path class="f-leaf" d="M52 16c-8-2-8-10-6-12 6 0 10 6 6 12ZM69 18c0-7 6-10 10-9 0 6-4 10-10 9Z"/>`,

  bed: `
    <ellipse class="f-shadow" cx="60" cy="102" rx="52" ry="3.5"/>
    <path class="f-wood" d="M12 34a8 8 0 0 1 8-8h80a8 8 0 0 1 8 8v40H12Z"/>
    <path class="f-bark" d="M12 62h96v12H12Z"/>
    <rect class="f-pale" x="24" y="46" width="32" height="20" rx="8"/>
    <rect class="f-pale" x="64" y="46" width="32" height="20" rx="8"/>
    <path class="f-main" d="M10 66a6 6 0 0 1 6-6h88a6 6 0 0 1 6 6v26H10Z"/>
    <path class="f-light" d="M10 66a6 6 0 0 1 6-6h88a6 6 0 0 1 6 6v4H10Z"/>
    <path class="f-shade" d="M10 84h100v8H10Z"/>
    <path class="f-wood" d="M10 90h100v4H10ZM14 94h7v8h-7ZM99 94h7v8h-7Z"/>`,

  pillow: `
    <ellipse class="f-shadow" cx="60" cy="98" rx="44" ry="3.5"/>
    <path class="f-shade" d="M18 34c14 4 70 4 84 0 6-2 10 4 8 10-4 14-4 26 0 40 2 7-3 12-9 10-14-4-68-4-82 0-6 2-11-3-9-10 4-14 4-26 0-40-2-6 2-12 8-10Z"/>
    <path class="f-main" d="M18 31c14 4 70 4 84 0 6-2 10 4 8 9-4 14-4 26 0 40 2 6-3 11-9 9-14-4-68-4-82 0-6 2-11-3-9-9 4-14 4-26 0-40-2-5 2-11 8-9Z"/>
    <path class="l-light" stroke-width="3" d="M26 44c10 4 26 5 40 4M24 52c4 2 8 3 14 3"/>
    <path class="l-shade" stroke-width="2.5" d="M96 78c-8-2-14-3-22-3M92 70c-4-1-6-1-10-1"/>`,

  towel: `
    <ellipse class="f-shadow" cx="60" cy="103" rx="44" ry="3.5"/>
    <rect class="f-shade" x="16" y="76" width="88" height="26" rx="9"/>
    <rect class="f-light" x="20" y="51" width="80" height="26" rx="9"/>
    <rect class="f-main" x="23" y="26" width="74" height="26" rx="9"/>
    <path class="l-shade" stroke-width="2" d="M97 39H38M100 64H36"/>
    <path class="l-main" stroke-width="2" d="M104 89H34"/>
    <path class="l-pale" stroke-width="3" d="M78 26.5v25M85 26.5v25"/>
    <path class="l-main" stroke-width="3" d="M78 51.5v25M85 51.5v25"/>
    <path class="l-light" stroke-width="3" d="M78 76.5v25M85 76.5v25"/>
    <path class="l-light" stroke-width="2.5" d="M31 33h16"/>`,
};
