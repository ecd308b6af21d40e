// On paper: the drawing as it stands, in light colours, as a picture that the printer's page width cannot crop.
const startPrint = () => {
  let before = null;
  addEventListener("beforeprint", () => {
    const { dataset } = document.documentElement;
    before ??= dataset.theme;
    useTheme(false);
    redraw();
    network.renderer._redraw(); // at once: the printer does not wait for the next frame
    const drawn = byId("graph").querySelector("canvas");
    const picture = el("canvas", { id: "picture", width: drawn.width, height: drawn.height });
    picture.getContext("2d").drawImage(drawn, 0, 0);
    byId("picture")?.remove();
    byId("graph").before(picture);
  });
  addEventListener("afterprint", () => {
    byId("picture")?.remove();
    if (before !== null) useTheme(before === "dark");
    before = null;
    redraw();
  });
};
