// A fresh date in the reader's words; the page, which may be kept for hours, says the plain one.

const words = new Intl.RelativeTimeFormat(document.documentElement.lang);
const known = words.format(-1, "hour")[0] !== "-"; // some browsers lack some languages

for (const time of known ? document.querySelectorAll(".exact time") : []) {
  const minutes = Math.ceil((Date.now() - Date.parse(time.dateTime)) / 6e4);
  if (minutes < 1 || minutes > 1439) continue;
  time.textContent = minutes < 60 ? words.format(-minutes, "minute") : words.format(-Math.floor(minutes / 60), "hour");
}
