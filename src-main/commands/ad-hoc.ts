import { DomainError } from '../../src-shared/errors.ts';
import { type Language, languageOfTag, translate } from '../../src-shared/text/translate.ts';
import { BOTS_PER_OWNER } from '../engine/bots/bot-service.ts';
import type { Services } from '../engine/engine.ts';
import type {
  AdHocNote,
  AdHocOffer,
  AdHocRun,
  AdHocStep,
  FormValues,
} from '../gateways/xmpp/xep-0050-ad-hoc.ts';
import type { Account } from '../store/account-repository.ts';
import { noteText } from './answer.ts';
import { type CommandsRunner, commandRunner, type Outcome, type RunnerServices } from './command-runner.ts';
import { type Command, placeOf } from './define-command.ts';
import { formOf, needsABot, stagesOf, type Words, wordsIn } from './forms.ts';
import { botfather } from './index.ts';

/** Who ran a command from a form is not seen to leave. */
const NOBODY_LEAVES = new AbortController().signal;

type AdHocServices = RunnerServices & Pick<Services, 'store'>;

/** The edge for chat clients that show commands as menus and forms (XEP-0050): the declarations are those of the chat. */
export function adHocCommands(services: AdHocServices, apiUrl: () => string) {
  const commands = commandRunner(services, apiUrl);
  return (owner: Account): AdHocOffer => ({
    nodes: botfather.map(({ name }) => name),
    async speaking(asked) {
      const language = languageOfTag(asked ?? '') ?? (await commands.languageOf(owner));
      return {
        language,
        nameOf: (node) => titleOf(commandOf(commands, node), language),
        open: (node) => adHocRun(services, commands, { owner, command: commandOf(commands, node), language }),
      };
    },
  });
}

function commandOf({ byName }: CommandsRunner, node: string): Command {
  const command = byName.get(node);
  if (!command) throw new Error(`there is no command ${node}`);
  return command;
}

const summaryOf = ({ summary }: Command, language: Language) =>
  translate(language)(summary, { limit: BOTS_PER_OWNER });
const titleOf = (command: Command, language: Language) =>
  `/${command.name} - ${summaryOf(command, language)}`;

/** One run: a form for the arguments, one more when the command asks back, then the answer as a note. */
function adHocRun(
  services: AdHocServices,
  commands: CommandsRunner,
  { owner, command, language }: { owner: Account; command: Command; language: Language },
): AdHocRun {
  const t = translate(language);
  const stages = stagesOf(command.fields);
  const hasConfirmation = Object.keys(stages.confirmation).length > 0;
  let words: Words = {};
  /** What the command asked back; undefined before. */
  let question: string | undefined;

  /** What was answered before stands in the form again, unless a secret is among it: forms travel in clear. */
  function sayable(): Words {
    const typed = Object.values(words).filter(Boolean).join(' ');
    return command.holdsSecret?.(typed) ? {} : words;
  }

  async function show(note?: AdHocNote): Promise<AdHocStep> {
    const bots = await services.bots.list(owner.jid);
    if (bots.length === 0 && needsABot(stages.first)) {
      return { note: { type: 'warn', text: t('mybots.none') } };
    }
    const title = `/${command.name}`;
    if (question !== undefined) {
      const form = formOf(stages.confirmation, { title, instructions: question, words: {}, bots, t });
      return { note, ask: { form, hasPrevious: true, isLast: true } };
    }
    const instructions = t('form.instructions', { summary: summaryOf(command, language) });
    const form = formOf(stages.first, { title, instructions, words: sayable(), bots, t });
    return { note, ask: { form, hasPrevious: false, isLast: !hasConfirmation } };
  }

  /** Runs the command with what was answered so far. */
  async function execute(): Promise<Outcome | { kind: 'refused'; text: string; isFinal: boolean }> {
    const { store } = services;
    const request = { command, words, language, from: 'ad-hoc' } as const;
    try {
      // Forms travel in clear, whatever the chat does.
      if (placeOf(command, words) !== 'unit')
        return await commands.runAhead(owner, request, { isEncrypted: false, signal: NOBODY_LEAVES });
      return await store.write((tx) => commands.run(tx, owner, request));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const refusal = { name: command.name, error, language, from: 'ad-hoc' } as const;
      const text = await store.write((tx) => commands.refused(tx, owner, refusal));
      return { kind: 'refused', text, isFinal: error.code === 'command.chat-only' };
    }
  }

  async function go(): Promise<AdHocStep> {
    const wasAsked = question !== undefined;
    const outcome = await execute();
    if (outcome.kind === 'done') {
      const { answer } = outcome;
      if (typeof answer === 'string') return { note: { type: 'info', text: answer } };
      if ('later' in answer) return { note: { type: 'info', text: answer.later } };
      if (!('question' in answer)) return { note: { type: 'info', text: noteText(answer) } };
      question = answer.question;
      return show(wasAsked ? { type: 'warn', text: t('confirm.missing') } : undefined);
    }
    // Something to mend: the form again, with what was answered, where there is one.
    question = undefined;
    const note = { type: 'error', text: outcome.text } as const;
    if (outcome.kind === 'refused' && outcome.isFinal) return { note };
    return Object.keys(stages.first).length === 0 ? { note } : show(note);
  }

  async function submit(values: FormValues): Promise<AdHocStep> {
    const fields = question === undefined ? stages.first : stages.confirmation;
    words = { ...words, ...wordsIn(fields, values) };
    return go();
  }

  return {
    async begin(values) {
      if (Object.keys(stages.first).length === 0) return go();
      // Nobody is asked to fill in a form for that.
      if (await commands.isForChatOnly(command, owner, 'ad-hoc')) return go();
      return values ? submit(values) : show();
    },
    submit,
    async back() {
      question = undefined;
      return show();
    },
  };
}
