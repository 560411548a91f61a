// SPDX-License-Identifier: GPL-3.0-or-later
// Drawings of electronics, on a 120 x 120 sheet. Class names are paints, see styles/illustrations.css.

export const ELECTRONICS = {
  headphones: `
    <ellipse class="f-shadow" cx="60" cy="104" rx="40" ry="3.5"/>
    <path class="l-main" stroke-width="8" d="M29 68C25 16 95 16 91 68"/>
    <path class="l-light" stroke-width="3" d="M37 42C44 26 76 26 83 42"/>
    <rect class="f-ink" x="34" y="60" width="12" height="38" rx="6"/>
    <rect class="f-ink" x="74" y="60" width="12" height="38" rx="6"/>
    <rect class="f-main" x="19" y="58" width="20" height="42" rx="10"/>
    <rect class="f-main" x="81" y="58" width="20" height="42" rx="10"/>
    <path class="f-shade" d="M29 58h1a9 9 0 0 1 9 10v22a9 9 0 0 1-9 10h-1c5 0 4-42 0-42ZM91 58h1a9 9 0 0 1 9 10v22a9 9 0 0 1-9 10h-1c5 0 4-42 0-42Z"/>
    <rect class="f-light" x="23" y="68" width="3.5" height="20" rx="1.75"/>
    <rect class="f-light" x="85" y="68" width="3.5" height="20" rx="1.75"/>`,

  earbuds: `
    <ellipse class="f-shadow" cx="60" cy="105" rx="36" ry="3.5"/>
    <g>
      <rect class="f-main" x="40" y="24" width="11" height="40" rx="5.5"/>
      <path class="f-shade" d="M46 40h5v18a5.5 5.5 0 0 1-5 6Z"/>
      <circle class="f-main" cx="42" cy="28" r="12"/>
      <ellipse class="f-ink" cx="32.5" cy="29" rx="5" ry="6.5"/>
      <circle class="f-light" cx="44" cy="23" r="3"/>
    </g>
    <g>
      <rect class="f-main" x="69" y="24" width="11" height="40" rx="5.5"/>
      <path class="f-shade" d="M74 40h6v18a5.5 5.5 0 0 1-6 6Z"/>
      <circle class="f-main" cx="78" cy="28" r="12"/>
      <ellipse class="f-ink" cx="87.5" cy="29" rx="5" ry="6.5"/>
      <circle class="f-light" cx="76" cy="23" r="3"/>
    </g>
    <path class="f-shade" d="M26 72h68v14a18 18 0 0 1-18 18H44a18 18 0 0 1-18-18Z"/>
    <path class="f-main" d="M26 72a18 14 0 0 1 18-14h32a18 14 0 0 1 18 14v4H26Z"/>
    <path class="f-main" d="M26 78h68v6a16 16 0 0 1-16 16H42a16 16 0 0 1-16-16Z"/>
    <circle class="f-light" cx="60" cy="88" r="2.5"/>`,

  speaker: `
    <ellipse class="f-shadow" cx="60" cy="105" rx="34" ry="3.5"/>
    <rect class="f-main" x="32" y="16" width="56" height="88" rx="12"/>
    <path class="f-shade" d="M76 16h0a12 12 0 0 1 12 12v64a12 12 0 0 1-12 12Z"/>
    <circle class="f-ink" cx="57" cy="72" r="19"/>
    <circle class="f-steel" cx="57" cy="72" r="13"/>
    <circle class="f-ink" cx="57" cy="72" r="5.5"/>
    <circle class="f-ink" cx="57" cy="36" r="9.5"/>
    <circle class="f-steel" cx="57" cy="36" r="4"/>
    <path class="l-pale" stroke-width="2" opacity=".5" d="M44 66a14 14 0 0 1 8-8"/>`,

  phone: `
    <ellipse class="f-shadow" cx="60" cy="107" rx="28" ry="3.5"/>
    <rect class="f-main" x="34" y="12" width="52" height="94" rx="10"/>
    <path class="f-shade" d="M78 12a8 10 0 0 1 8 10v74a8 10 0 0 1-8 10Z"/>
    <rect class="f-ink" x="37.5" y="15.5" width="43" height="87" rx="7"/>
    <path class="f-light" d="M44.5 15.500h29a7 7 0 0 1 7 7V52C66 46 56 66 37.5 58V22.500a7 7 0 0 1 7-7Z" opacity=".9"/>
    <path class="f-main" d="M37.5 66C56 72 64 52 80.5 58v20C66 72 54 90 37.5 84Z" opacity=".75"/>
    <rect class="f-ink" x="53" y="19" width="12" height="4" rx="2"/>
    <rect class="f-pale" x="51" y="97" width="16" height="2" rx="1" opacity=".8"/>`,

  "phone-case": `
    <ellipse class="f-shadow" cx="60" cy="107" rx="28" ry="3.5"/>
    <rect class="f-shade" x="32" y="12" width="56" height="94" rx="13"/>
    <rect class="f-main" x="32" y="12" width="52" height="94" rx="13"/>
    <rect class="f-ink" x="40" y="20" width="24" height="26" rx="8"/>
    <circle class="f-steel" cx="48" cy="28" r="4.5"/>
    <circle class="f-steel" cx="56" cy="38" r="4.5"/>
    <circle class="f-pale" cx="57" cy="27" r="2" opacity=".8"/>
    <path class="l-light" stroke-width="2.5" d="M42 88h32M42 95h20"/>
    <path class="f-shade" d="M88 44h2.500v14H88ZM88 64h2.500v8H88Z"/>`,

  tablet: `
    <ellipse class="f-shadow" cx="60" cy="102" rx="44" ry="3.5"/>
    <rect class="f-main" x="14" y="24" width="92" height="76" rx="9"/>
    <path class="f-shade" d="M14 88h92v3a9 9 0 0 1-9 9H23a9 9 0 0 1-9-9Z"/>
    <rect class="f-ink" x="18" y="28" width="84" height="66" rx="5.5"/>
    <rect class="f-light" x="22" y="32" width="76" height="58" rx="2.5"/>
    <path class="f-main" d="M22 76 44 54l16 15 14-12 24 22v8.500a2.5 2.5 0 0 1-2.5 2.500h-71A2.5 2.5 0 0 1 22 87.500Z" opacity=".8"/>
    <circle class="f-pale" cx="80" cy="46" r="7"/>`,

  laptop: `
    <ellipse class="f-shadow" cx="60" cy="99" rx="52" ry="3.5"/>
    <rect class="f-main" x="22" y="28" width="76" height="58" rx="6"/>
    <rect class="f-ink" x="26" y="32" width="68" height="48" rx="2.5"/>
    <path class="f-light" d="M30 36h60v22C74 50 52 76 30 64Z" opacity=".9"/>
    <path class="f-main" d="M30 68c22 10 42-14 60-6v14H30Z" opacity=".75"/>
    <path class="f-shade" d="M8 88h104v2a8 8 0 0 1-8 8H16a8 8 0 0 1-8-8Z"/>
    <path class="f-main" d="M8 86h104v4H8Z"/>
    <path class="f-shade" d="M50 86h20v1a3 3 0 0 1-3 3H53a3 3 0 0 1-3-3Z"/>`,

  camera: `
    <ellipse class="f-shadow" cx="60" cy="100" rx="46" ry="3.5"/>
    <path class="f-main" d="M44 28h32l6 12H38Z"/>
    <rect class="f-steel" x="22" y="34" width="14" height="8" rx="3"/>
    <rect class="f-main" x="14" y="38" width="92" height="60" rx="10"/>
    <path class="f-shade" d="M14 84h92v4a10 10 0 0 1-10 10H24a10 10 0 0 1-10-10Z"/>
    <rect class="f-ink" x="14" y="52" width="92" height="30" opacity=".9"/>
    <circle class="f-metal" cx="60" cy="67" r="27"/>
    <circle class="f-ink" cx="60" cy="67" r="22"/>
    <circle class="f-steel" cx="60" cy="67" r="14"/>
    <circle class="f-ink" cx="60" cy="67" r="9"/>
    <path class="l-pale" stroke-width="2.5" opacity=".7" d="M50 60a12 12 0 0 1 8-5.5"/>
    <rect class="f-pale" x="86" y="43" width="12" height="5" rx="2"/>`,

  charger: `
    <ellipse class="f-shadow" cx="58" cy="104" rx="38" ry="3.5"/>
    <path class="f-metal" d="M44 16h7v18h-7ZM65 16h7v18h-7Z"/>
    <rect class="f-main" x="30" y="32" width="56" height="50" rx="11"/>
    <path class="f-shade" d="M74 32h1a11 11 0 0 1 11 11v28a11 11 0 0 1-11 11h-1Z"/>
    <path class="f-pale" d="M60 43 47 60h9l-3 13 14-18h-9Z"/>
    <rect class="f-ink" x="50" y="80" width="16" height="9" rx="2.5"/>
    <path class="l-ink" stroke-width="4" d="M58 88v4c0 10 14 10 22 8s16 0 20-8"/>`,

  cable: `
    <ellipse class="f-shadow" cx="60" cy="103" rx="38" ry="3.5"/>
    <path class="l-main" stroke-width="7" d="M30 34v22c0 22 30 4 30 26s30 18 30-6V62"/>
    <path class="l-light" stroke-width="2" d="M28.5 40v16c0 12 8 14 16 15"/>
    <rect class="f-ink" x="21" y="22" width="18" height="22" rx="4"/>
    <rect class="f-metal" x="24" y="11" width="12" height="12" rx="2"/>
    <path class="f-steel" d="M26.5 14h2.500v4h-2.500ZM31 14h2.500v4H31Z"/>
    <rect class="f-ink" x="81" y="42" width="18" height="22" rx="4"/>
    <rect class="f-metal" x="84.5" y="31" width="11" height="12" rx="3.5"/>`,

  keyboard: `
    <ellipse class="f-shadow" cx="60" cy="90" rx="52" ry="3.5"/>
    <rect class="f-shade" x="8" y="44" width="104" height="45" rx="8"/>
    <rect class="f-main" x="8" y="40" width="104" height="45" rx="8"/>
    <g class="f-pale">
      <rect x="14" y="46" width="8" height="8" rx="2"/><rect x="25" y="46" width="8" height="8" rx="2"/>
      <rect x="36" y="46" width="8" height="8" rx="2"/><rect x="47" y="46" width="8" height="8" rx="2"/>
      <rect x="58" y="46" width="8" height="8" rx="2"/><rect x="69" y="46" width="8" height="8" rx="2"/>
      <rect x="80" y="46" width="8" height="8" rx="2"/><rect x="91" y="46" width="15" height="8" rx="2"/>
      <rect x="14" y="58" width="13" height="8" rx="2"/><rect x="30" y="58" width="8" height="8" rx="2"/>
      <rect x="41" y="58" width="8" height="8" rx="2"/><rect x="52" y="58" width="8" height="8" rx="2"/>
      <rect x="63" y="58" width="8" height="8" rx="2"/><rect x="74" y="58" width="8" height="8" rx="2"/>
      <rect x="14" y="70" width="9" height="8" rx="2"/><rect x="26" y="70" width="9" height="8" rx="2"/>
      <rect x="38" y="70" width="38" height="8" rx="2"/><rect x="79" y="70" width="11" height="8" rx="2"/>
    </g>
    <rect class="f-ink" x="85" y="58" width="21" height="8" rx="2"/>
    <rect class="f-ink" x="93" y="70" width="13" height="8" rx="2"/>`,

  monitor: `
    <ellipse class="f-shadow" cx="60" cy="105" rx="32" ry="3.5"/>
    <path class="f-steel" d="M52 82h16l3 20H49Z"/>
    <rect class="f-metal" x="36" y="99" width="48" height="5" rx="2.5"/>
    <rect class="f-main" x="10" y="20" width="100" height="66" rx="7"/>
    <path class="f-shade" d="M10 77h100v2a7 7 0 0 1-7 7H17a7 7 0 0 1-7-7Z"/>
    <rect class="f-ink" x="14" y="24" width="92" height="52" rx="3.5"/>
    <path class="f-light" d="M18 28h84v24C82 44 52 74 18 58Z" opacity=".9"/>
    <path class="f-main" d="M18 62c34 14 60-12 84-4v14H18Z" opacity=".75"/>`,
};
