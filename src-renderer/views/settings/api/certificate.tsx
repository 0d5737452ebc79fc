import { Badge, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeSettings } from '../../../../src-shared/client/management.ts';
import {
  type GetServerAnswer,
  removeCertificate,
  renewCertificate,
} from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { Section } from '../../../ui/card.tsx';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { CopyAction } from '../../../ui/copy-text.tsx';
import { Popconfirm } from '../../../ui/popconfirm.tsx';
import { Qr } from '../../../ui/qr.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { dateOf } from '../../../ui/when.ts';
import { CARDS } from '../pages.ts';
import { SettingField } from '../setting-field.tsx';
import shared from '../settings.module.css';
import styles from './api.module.css';
import { CertificateForm } from './certificate-form.tsx';

/** In groups of four, as people compare it. */
const grouped = (fingerprint: string) =>
  fingerprint
    .replaceAll(':', '')
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1 ');

/** By what programs know in network mode that they have reached this API. */
export function Certificate({ server: { certificate } }: { server: GetServerAnswer }) {
  const text = useText().settings.api;
  const language = useLanguage();
  const client = useQueryClient();
  const [isUploading, setUploading] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ['settings'] });

  const remove = () =>
    confirmHarm({
      title: text.removeTitle,
      body: text.removeBody,
      action: text.removeAction,
      run: async () => {
        await removeCertificate(engine);
        await refresh();
        toast(text.removed);
      },
    });
  const dropOwn = async () => {
    await changeSettings(engine, { api_tls_cert: '', api_tls_key: '' });
    await refresh();
  };

  return (
    <>
      <Section title={text.certificate}>
        {certificate === null ? (
          <p className={styles.inside}>{text.none}</p>
        ) : (
          <div className={styles.certificate}>
            {certificate.fingerprint !== null && (
              <Qr label={text.fingerprint} value={certificate.fingerprint} />
            )}
            <dl className={styles.facts}>
              <dt>{text.certificate}</dt>
              <dd>
                <Badge color="gray" variant="light">
                  {certificate.self_made ? text.selfMade : text.own}
                </Badge>
              </dd>
              <dt>{text.validFor}</dt>
              <dd>{certificate.names.join(', ')}</dd>
              {certificate.valid_until !== null && (
                <>
                  <dt>{text.validUntil}</dt>
                  <dd>
                    {dateOf(certificate.valid_until, language)}
                    {certificate.self_made && <small>{text.renewsItself}</small>}
                  </dd>
                </>
              )}
              {certificate.fingerprint !== null && (
                <>
                  <dt>{text.fingerprint}</dt>
                  <dd className={styles.fingerprint}>
                    <span>{grouped(certificate.fingerprint)}</span>
                    <CopyAction value={certificate.fingerprint} what={text.fingerprint} />
                  </dd>
                </>
              )}
            </dl>
            {certificate.problem !== null && (
              <p className={shared.bad} role="alert">
                {certificate.problem}
              </p>
            )}
          </div>
        )}
        <div className={shared.foot}>
          <Button onClick={() => setUploading(true)} size="xs" variant="default">
            {text.upload}
          </Button>
          {certificate?.self_made === false && (
            <Popconfirm action={text.dropOwn} body={text.dropOwnBody} run={dropOwn} />
          )}
          {certificate?.self_made && (
            <>
              <span className={shared.push} />
              <Popconfirm
                action={text.renew}
                body={text.renewBody}
                run={async () => {
                  await renewCertificate(engine);
                  await refresh();
                  toast(text.renewed);
                }}
              />
              <Button color="red" onClick={remove} size="xs" variant="outline">
                {text.remove}
              </Button>
            </>
          )}
        </div>
      </Section>
      {isUploading && <CertificateForm onClose={() => setUploading(false)} />}
      <Section title={text.files}>
        {CARDS.certificate.map((key) => (
          <SettingField key={key} name={key} />
        ))}
      </Section>
    </>
  );
}
