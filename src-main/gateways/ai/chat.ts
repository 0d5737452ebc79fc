/** One thing said in a conversation. */
export interface ChatTurn {
  role: 'user' | 'assistant';
  text: string;
}

export interface ChatRequest {
  model: string;
  /** How the model is to behave; '' = nothing said about it. */
  system: string;
  /** Starts with a turn of the user's. */
  turns: readonly ChatTurn[];
  maxOutputTokens: number;
  /** Ended by who asks: because a person wants it to stop, or because it takes too long. */
  signal: AbortSignal;
  /** Given = the answer is streamed: called with each piece of its text (never of its reasoning), in order. */
  onText?: ((piece: string) => void) | undefined;
  /** Called with what it has used so far: what counts where it never ends. */
  onUse?: ((use: ChatUse) => void) | undefined;
}

/** What an answer has used that is not there whole yet. Tokens. */
export interface ChatUse {
  input: number;
  output: number;
  /** The provider has not said so, or not all of it. */
  isEstimate: boolean;
  /** Something of the answer has come. */
  hasBegun: boolean;
}

export interface ChatAnswer {
  /** What people are to read; never empty. */
  text: string;
  /** What the model thought before, where it shows that; '' otherwise. */
  reasoning: string;
  /** Addresses of the pages that the answer rests on. */
  sources: readonly string[];
  inputTokens: number;
  outputTokens: number;
  /** Under which the provider finds this exchange; '' where it gives none. */
  requestId: string;
  finish: 'stop' | 'length' | 'filtered' | 'other';
}

export interface ChatModel {
  id: string;
  /** By its name it is for something else (pictures, speech): nobody looks for it to ask it something. */
  isOther?: boolean;
}

/** A server of language models. Everything that goes wrong is a `ProviderError`. */
export interface ChatProvider {
  ask(request: ChatRequest): Promise<ChatAnswer>;
  /** The models that can be asked at the moment, as the provider lists them; empty where it tells of none. */
  models(signal: AbortSignal): Promise<readonly ChatModel[]>;
  /** OpenClaw only: hands the text to the agent, which works on it by itself. */
  trigger?(text: string, signal: AbortSignal): Promise<{ runId: string }>;
}
