// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).

export interface BridgeMessageUpdate {
  update_id: number;
  type: 'bridge_message';
  data: BridgeMessageUpdateData;
}

export interface BridgeMessageUpdateData {
  from: string;
  to: string;
  body: string;
  type: 'chat' | 'groupchat';
  stanza_id: string;
  timestamp: number;
  room?: string;
  nick?: string;
  reply_to?: string;
  author: string;
  chat_id: string;
  edited?: true;
}

export interface DeletedMessageUpdate {
  update_id: number;
  type: 'deleted_message';
  data: DeletedMessageUpdateData;
}

export interface DeletedMessageUpdateData {
  from: string;
  to: string;
  body: string;
  type: 'chat' | 'groupchat';
  stanza_id: string;
  timestamp: number;
  room?: string;
  nick?: string;
  id?: string;
  resource?: string;
  encrypted?: true;
}

export interface EditedMessageUpdate {
  update_id: number;
  type: 'edited_message';
  data: EditedMessageUpdateData;
}

export interface EditedMessageUpdateData {
  from: string;
  to: string;
  body: string;
  type: 'chat' | 'groupchat';
  stanza_id: string;
  timestamp: number;
  room?: string;
  nick?: string;
  id?: string;
  resource?: string;
  encrypted?: true;
  reply_to?: string;
  mentioned?: true;
  files?: {
    name: string;
    size?: number;
    type?: string;
    url: string;
    expires: number;
  }[];
}

export interface MessageStateUpdate {
  update_id: number;
  type: 'message_state';
  data: MessageStateUpdateData;
}

export interface MessageStateUpdateData {
  from: string;
  to: string;
  body: string;
  type: 'chat' | 'groupchat';
  stanza_id: string;
  timestamp: number;
  room?: string;
  nick?: string;
  state: 'acked' | 'delivered' | 'displayed' | 'failed';
  reason?: string;
}

export interface MessageUpdate {
  update_id: number;
  type: 'message';
  data: MessageUpdateData;
}

export interface MessageUpdateData {
  from: string;
  to: string;
  body: string;
  type: 'chat' | 'groupchat';
  stanza_id: string;
  timestamp: number;
  room?: string;
  nick?: string;
  id?: string;
  resource?: string;
  encrypted?: true;
  reply_to?: string;
  mentioned?: true;
  files?: {
    name: string;
    size?: number;
    type?: string;
    url: string;
    expires: number;
  }[];
  subject?: string;
  command?: string;
  args?: string;
}

export interface ReactionUpdate {
  update_id: number;
  type: 'reaction';
  data: ReactionUpdateData;
}

export interface ReactionUpdateData {
  from: string;
  to: string;
  body: string;
  type: 'chat' | 'groupchat';
  stanza_id: string;
  timestamp: number;
  room?: string;
  nick?: string;
  id?: string;
  resource?: string;
  encrypted?: true;
  reactions: string[];
}

export interface RoomJoinedUpdate {
  update_id: number;
  type: 'room_joined';
  data: RoomJoinedUpdateData;
}

export interface RoomJoinedUpdateData {
  from: string;
  to: string;
  body: string;
  type: 'chat' | 'groupchat';
  stanza_id: string;
  timestamp: number;
  room?: string;
  nick?: string;
  subject?: string;
  encrypted?: true;
}

export interface RoomLeftUpdate {
  update_id: number;
  type: 'room_left';
  data: RoomLeftUpdateData;
}

export interface RoomLeftUpdateData {
  from: string;
  to: string;
  body: string;
  type: 'chat' | 'groupchat';
  stanza_id: string;
  timestamp: number;
  room?: string;
  nick?: string;
  reason: 'left' | 'kicked' | 'banned' | 'removed' | 'destroyed' | 'refused' | 'opened';
  reason_text?: string;
}

export type Update =
  | MessageUpdate
  | ReactionUpdate
  | EditedMessageUpdate
  | DeletedMessageUpdate
  | RoomJoinedUpdate
  | RoomLeftUpdate
  | MessageStateUpdate
  | BridgeMessageUpdate;

export type UpdateData =
  | MessageUpdateData
  | ReactionUpdateData
  | EditedMessageUpdateData
  | DeletedMessageUpdateData
  | RoomJoinedUpdateData
  | RoomLeftUpdateData
  | MessageStateUpdateData
  | BridgeMessageUpdateData;

export type UpdateType = Update['type'];
