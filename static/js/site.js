// On every public page. When static files are collected, the imports become the files themselves.

import "./account.js";
import "./bar.js";
import "./consent.js";
import "./display.js";
import "./drawer.js";
import "./keep.js";
import "./search.js";
