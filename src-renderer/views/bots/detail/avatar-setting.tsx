import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeBot } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { type Bot, useBotPicture } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { toast, toastProblem } from '../../../ui/toasts.tsx';
import { AvatarPicker } from '../create/avatar-picker.tsx';
import { CropStep } from '../create/crop-step.tsx';
import { useCropping } from '../create/use-cropping.ts';
import styles from './bot-detail.module.css';

/** The picture of a bot: shown as it is, changed at once. */
export function AvatarSetting({ bot }: { bot: Bot }) {
  const { id, name } = bot;
  const { bots, common } = useText();
  const client = useQueryClient();
  const current = useBotPicture(bot);
  const [chosen, setChosen] = useState<string>();
  const cropping = useCropping((picture) => void change(picture));
  const { source } = cropping;

  async function change(picture: string | undefined) {
    try {
      await changeBot(engine, { id, avatar: picture ?? null });
      setChosen(picture);
      toast(common.saved);
    } catch (error) {
      toastProblem(error as Error);
    }
    await client.invalidateQueries({ queryKey: ['bots'] });
    await client.invalidateQueries({ queryKey: ['bot', id, 'picture'] });
    await client.invalidateQueries({ queryKey: ['bots'] });
  }
  return (
    <div>
      <p className={styles.label}>{bots.tabs.settings.labels.avatar}</p>
      <div className={styles.avatar}>
        <AvatarPicker
          cropping={cropping}
          current={current}
          id={id}
          name={name}
          onRemove={() => void change(undefined)}
          picture={chosen}
        />
        <Modal
          centered
          onClose={() => cropping.leave()}
          opened={source !== undefined}
          size="md"
          title={bots.newBot.cropTitle}
        >
          {source !== undefined && <CropStep {...cropping} source={source} />}
        </Modal>
      </div>
    </div>
  );
}
