import { Button, FileInput, Group, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { giveCertificate } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { useText } from '../../../text/use-text.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useClosing } from '../../../ui/unsaved.ts';

const PEM = '.pem,.crt,.cer,.key,application/x-pem-file';

/** A certificate and its key from files. The engine looks at them before it uses them, and says what is wrong. */
export function CertificateForm({ onClose }: { onClose: () => void }) {
  const { settings, common } = useText();
  const text = settings.api;
  const client = useQueryClient();
  const [cert, setCert] = useState<File | null>(null);
  const [key, setKey] = useState<File | null>(null);
  const [problem, setProblem] = useState<string>();
  const [isRunning, setRunning] = useState(false);
  const close = useClosing(cert !== null || key !== null, onClose);

  async function use() {
    setRunning(true);
    setProblem(undefined);
    try {
      await giveCertificate(engine, { cert: (await cert?.text()) ?? '', key: (await key?.text()) ?? '' });
      await client.invalidateQueries({ queryKey: ['settings'] });
      toast(text.used);
      onClose();
    } catch (error) {
      setProblem((error as Error).message);
      setRunning(false);
    }
  }
  return (
    <Modal centered closeOnClickOutside={false} onClose={close} opened title={text.uploadTitle}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void use();
        }}
      >
        <Text size="sm">{text.uploadBody}</Text>
        <FileInput
          accept={PEM}
          label={text.certFile}
          mt="md"
          onChange={setCert}
          placeholder={text.choose}
          value={cert}
        />
        <FileInput
          accept={PEM}
          label={text.keyFile}
          mt="md"
          onChange={setKey}
          placeholder={text.choose}
          value={key}
        />
        {problem !== undefined && (
          <Text c="var(--bm-bad)" mt="md" role="alert" size="sm">
            {problem}
          </Text>
        )}
        <Group justify="flex-end" mt="xl">
          <Button onClick={close} variant="default">
            {common.cancel}
          </Button>
          <Button loading={isRunning} type="submit">
            {text.use}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
