// js/worker.js keeps the last articles read for when there is no network.

async function keep() {
  const workers = navigator.serviceWorker;
  try {
    await workers.register("/sw.js");
  } catch {
    return; // no such thing here, or storage is closed to us
  }
  if (!document.querySelector(".article")) return;
  const picture = document.querySelector(".article__lead img")?.currentSrc;
  (await workers.ready).active.postMessage({ address: location.pathname, picture });
}

keep();
