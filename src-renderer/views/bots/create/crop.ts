/** Of pictures as they are sent to the engine, which writes them anew. */
const SIDE = 512;

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** That part of a picture as a square PNG, in base64. Rejects when it cannot be read. */
export async function croppedSquare(source: string, { x, y, width, height }: Area): Promise<string> {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, x, y, width, height, 0, 0, SIDE, SIDE);
  return canvas.toDataURL('image/png').replace(/^data:[^,]*,/, '');
}
