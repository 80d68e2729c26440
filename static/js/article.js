// In a text. When static files are collected, the imports become the files themselves.

import "./dates.js";
import "./embed.js";
import "./footnotes.js";
import "./lightbox.js";
import "./share.js";
