import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AddBotAnswer } from '../../../../src-shared/client/window.ts';
import { paths } from '../../../places.ts';
import { accountsQuery } from '../../../queries/accounts.ts';
import { botsQuery } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { CreateForm } from './create-form.tsx';
import { Created } from './created.tsx';
import { CropStep } from './crop-step.tsx';
import { useCropping } from './use-cropping.ts';

export interface Made {
  bot: AddBotAnswer;
  owner: string;
}

interface CreateBotProps {
  /** Whose bots were looked at: a new one is most likely for that account. */
  owner: string | undefined;
  onClose: () => void;
}

/**
 * Makes a bot, and shows what is needed to use it. A click beside the dialog closes nothing: what was typed would be gone,
 * and so would a token that is shown once.
 */
export function CreateBot({ owner, onClose }: CreateBotProps) {
  const { bots } = useText();
  const { newBot, empty } = bots;
  const accounts = useQuery(accountsQuery);
  const { data: known } = useQuery(botsQuery);
  const [made, setMade] = useState<Made>();
  const [isRunning, setRunning] = useState(false);
  const [picture, setPicture] = useState<string>();
  const cropping = useCropping(setPicture);
  const { source } = cropping;
  const isCropping = source !== undefined;
  const isShownOnce = made !== undefined && !known?.find(({ id }) => id === made.bot.id)?.token;
  const mayClose = !isRunning && !isShownOnce;
  return (
    <Modal
      centered
      closeOnClickOutside={false}
      closeOnEscape={mayClose}
      // Out of the choice of a square one comes back to the form.
      onClose={isCropping ? () => cropping.leave() : onClose}
      opened
      size={made ? 680 : 640}
      title={made ? newBot.created(made.bot.name) : isCropping ? newBot.cropTitle : newBot.title}
      withCloseButton={mayClose && !isCropping}
    >
      {made ? (
        <Created isShownOnce={isShownOnce} made={made} onClose={onClose} />
      ) : (
        <Answered query={accounts} skeleton={null}>
          {(list) =>
            list.length === 0 ? (
              <Empty
                actions={
                  <Button component={Link} data-autofocus href={paths.welcome}>
                    {empty.noAccountAction}
                  </Button>
                }
                title={empty.noAccountTitle}
              >
                {empty.noAccountBody}
              </Empty>
            ) : (
              <>
                {isCropping && <CropStep {...cropping} source={source} />}
                <div hidden={isCropping}>
                  <CreateForm
                    accounts={list}
                    cropping={cropping}
                    isRunning={isRunning}
                    onCancel={onClose}
                    onMade={setMade}
                    onPicture={setPicture}
                    onRunning={setRunning}
                    owner={owner}
                    picture={picture}
                  />
                </div>
              </>
            )
          }
        </Answered>
      )}
    </Modal>
  );
}
