// How the HTML report looks, by day and by night.

export const HTML_STYLE = `:root { color-scheme: light dark; --ink: light-dark(#1f2328, #e6e6e6); --dim: light-dark(#656d76, #9aa4af);
  --line: light-dark(#d8dee4, #30363d); --good: light-dark(#1a7f37, #3fb950); --bad: light-dark(#cf222e, #ff7b72); }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { margin-bottom: .3rem; }
h3 code { color: var(--dim); font-weight: normal; font-size: .8rem; }
h4 { margin: .8rem 0 .2rem; font-weight: 600; }
header p { margin: .2rem 0; }
code, time, pre { font: 13px/1.5 ui-monospace, monospace; }
time, small, .skipped { color: var(--dim); }
ol { margin: 0; padding: 0; list-style: none; }
li { padding-left: 1.2rem; }
li time { display: inline-block; min-width: 6rem; text-align: right; margin-right: .6rem; }
.passed { color: var(--good); }
.failed, .failed code { color: var(--bad); }
li.passed, h4.passed { color: inherit; }
pre { overflow-x: auto; padding: .6rem 1rem; border-left: 3px solid var(--bad); }
figure { margin: 1.2rem 0; }
svg { width: 100%; height: auto; margin-top: .3rem; }
svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg .time { text-anchor: end; font-family: ui-monospace, monospace; }
svg .axis text { fill: var(--dim); font-size: 11px; text-anchor: middle; }
svg .axis line { stroke: var(--line); }
.plane { fill: #8b949e; }
.kubelet { fill: #316dca; }
.image { fill: #986ee2; }
.container { fill: #2da44e; }
.hook { fill: #d4a72c; }
.probe { fill: #1b9e9e; }
.stop { fill: #e5534b; }
`
