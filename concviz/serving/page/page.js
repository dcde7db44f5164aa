// The page around textual-serve's terminal (textual.js, 1.1): loads its letters before it, keeps it focused, saves the files that
// the app made, and says why there is nothing to see any more. The codes are the server's (server.py).
"use strict";

const said = document.getElementById("said");
const again = document.getElementById("again");

const ENDS = {
  1000: () => "The screen was left.",
  4001: (most) => `All seats are taken: no more than ${most} at a time. Somebody may leave soon.`,
  4002: (why) => why,
  4003: () => "The server was stopped.",
};

function over(event) {
  const words = ENDS[event.code];
  said.textContent = words ? words(event.reason) : "The connection to the server is gone.";
  again.textContent = event.code === 1000 ? "Start again" : "Try again";
  again.hidden = false;
  document.body.classList.add("-over");
  again.focus();
}

// One after the other: a browser gives up a download that it has only been asked for when it is asked for the next.
let saving = Promise.resolve();

async function save(address) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = decodeURIComponent(address.split("/").pop());
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// textual.js opens one websocket, and keeps it to itself.
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("open", focusTerminal);
    this.addEventListener("close", over);
    this.addEventListener("message", (event) => {
      if (typeof event.data !== "string") return;
      const [kind, what] = JSON.parse(event.data);
      if (kind === "kept") saving = saving.then(() => save(what)).catch(console.warn);
      if (kind === "ground") document.documentElement.style.setProperty("--ground", what);
    });
  }

  // It also sends what nobody can hear yet, or any more.
  send(what) {
    if (this.readyState === WebSocket.OPEN) super.send(what);
  }
};

// Only pages of this machine, or with encryption, are given a clipboard. Others have the old way, right after a key or a click.
function copyTheOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focusTerminal();
  return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
}

if (!navigator.clipboard) {
  const clipboard = { writeText: copyTheOldWay, readText: () => Promise.resolve("") };
  Object.defineProperty(navigator, "clipboard", { value: clipboard });
}

function focusTerminal() {
  document.querySelector(".xterm-helper-textarea")?.focus();
}

async function start() {
  // A terminal measures its letters once, when it is opened.
  const letters = ["16px", "bold 16px", "italic 16px"].map((look) => document.fonts.load(`${look} "Roboto Mono"`));
  await Promise.allSettled(letters);
  const terminal = document.getElementById("terminal");
  terminal.dataset.sessionWebsocketUrl = new URL("ws", location.href).href.replace(/^http/, "ws").split(/[?#]/)[0];
  const size = Number(new URLSearchParams(location.search).get("fontsize"));
  terminal.dataset.fontSize = size >= 6 && size <= 60 ? size : 16;
  const script = document.createElement("script");
  script.src = "js/textual.js";
  script.onload = () => window.onload(); // it begins there, and that moment is over
  document.head.append(script);
}

again.addEventListener("click", () => location.reload());
window.addEventListener("focus", focusTerminal);
if (document.readyState === "complete") start();
else window.addEventListener("load", start);
