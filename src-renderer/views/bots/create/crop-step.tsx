import { Button, Group, Slider } from '@mantine/core';
import { useState } from 'react';
import Cropper, { type Area, type Point } from 'react-easy-crop';
import 'react-easy-crop/react-easy-crop.css';
import { useText } from '../../../text/use-text.ts';
import styles from './create-bot.module.css';
import { croppedSquare } from './crop.ts';
import type { Cropping } from './use-cropping.ts';

const CENTRE: Point = { x: 0, y: 0 };

/** Chooses the square of a picture that is shown; within the dialog it was asked for in. */
export function CropStep({ source, take, leave }: Cropping & { source: string }) {
  const { bots, common } = useText();
  const text = bots.newBot;
  const [place, setPlace] = useState(CENTRE);
  const [zoom, setZoom] = useState(1);
  const [area, setArea] = useState<Area>();
  const cut = () =>
    area &&
    croppedSquare(source, area).then(
      (square) => take(square),
      () => leave(text.pictureUnreadable),
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void cut();
      }}
    >
      <div className={styles.crop}>
        <Cropper
          aspect={1}
          crop={place}
          cropShape="rect"
          image={source}
          mediaProps={{ onError: () => leave(text.pictureUnreadable) }}
          onCropChange={setPlace}
          onCropComplete={(_, pixels) => setArea(pixels)}
          onZoomChange={setZoom}
          zoom={zoom}
        />
      </div>
      <Slider
        label={null}
        max={4}
        min={1}
        mt="lg"
        onChange={setZoom}
        step={0.05}
        thumbLabel={text.zoom}
        value={zoom}
      />
      <Group justify="flex-end" mt="lg">
        <Button onClick={() => leave()} variant="default">
          {common.cancel}
        </Button>
        <Button autoFocus data-autofocus type="submit">
          {text.use}
        </Button>
      </Group>
    </form>
  );
}
