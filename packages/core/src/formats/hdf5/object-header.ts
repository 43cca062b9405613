/**
 * The header of a group or a dataset: a list of messages, which may go on elsewhere in the file.
 * Source: HDF5 File Format Specification 3.0, IV.A "Disk Format: Level 2A".
 */
import { checkSum } from "./check-sum.ts";
import type { Block, FileBytes } from "./file-bytes.ts";

/** The kinds of messages that are read. */
export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

export interface Message {
  readonly type: number;
  /** Whether the content lies elsewhere, shared with other objects. */
  readonly isShared: boolean;
  readonly body: Block;
}

const SHARED_FLAG = 0x02;
const PREFIX_BYTES = 16;
const MAX_NEW_PREFIX_BYTES = 34;
const TIMES_FLAG = 0x20;
const PHASE_CHANGE_FLAG = 0x10;
const CREATION_ORDER_FLAG = 0x04;
const SIZE_WIDTH_FLAGS = 0x03;
const CHECKSUM_BYTES = 4;

/**
 * All messages of a header.
 *
 * @throws Hdf5Error when it does not hold together.
 */
export function readHeader(file: FileBytes, address: number): readonly Message[] {
  return file.startsWith(address, "OHDR") ? readNewHeader(file, address) : readOldHeader(file, address);
}

function readOldHeader(file: FileBytes, address: number): readonly Message[] {
  const prefix = file.block(address, PREFIX_BYTES, "an object's header");
  prefix.version(1);
  prefix.skip(7);
  const first = file.block(address + PREFIX_BYTES, prefix.u32(), "an object's header");
  return readChunks(file, first, (chunk) => {
    if (chunk.left < 8) return undefined;
    const [type, size, flags] = [chunk.u16(), chunk.u16(), chunk.u8()];
    chunk.skip(3);
    return { type, isShared: (flags & SHARED_FLAG) !== 0, body: chunk.part(size) };
  });
}

function readNewHeader(file: FileBytes, address: number): readonly Message[] {
  const prefixBytes = Math.min(MAX_NEW_PREFIX_BYTES, file.length - address);
  const prefix = file.block(address, prefixBytes, "an object's header");
  prefix.signature("OHDR");
  prefix.version(2);
  const flags = prefix.u8();
  if ((flags & TIMES_FLAG) !== 0) prefix.skip(16);
  if ((flags & PHASE_CHANGE_FLAG) !== 0) prefix.skip(4);
  const size = prefix.unsigned(2 ** (flags & SIZE_WIDTH_FLAGS));
  const whole = file.block(address, prefix.position + size + CHECKSUM_BYTES, "an object's header");
  whole.skip(prefix.position);
  const first = whole.part(size);
  checkSum(whole, "an object's header");
  const messageBytes = (flags & CREATION_ORDER_FLAG) === 0 ? 4 : 6;
  const readMessage = (chunk: Block): Message | undefined => {
    // What is left over may be too small for a message.
    if (chunk.left < messageBytes) return undefined;
    const [type, bodySize, messageFlags] = [chunk.u8(), chunk.u16(), chunk.u8()];
    chunk.skip(messageBytes - 4);
    return { type, isShared: (messageFlags & SHARED_FLAG) !== 0, body: chunk.part(bodySize) };
  };
  return readChunks(file, first, readMessage, openContinuation);
}

/** A part of a new header that lies elsewhere: signature, messages, checksum. */
function openContinuation(block: Block): Block {
  block.signature("OCHK");
  const content = block.part(Math.max(0, block.left - CHECKSUM_BYTES));
  checkSum(block, "an object's header");
  return content;
}

/** The messages of the first chunk and of those that its continuations name. */
function readChunks(
  file: FileBytes,
  first: Block,
  readMessage: (chunk: Block) => Message | undefined,
  open: (block: Block) => Block = (block) => block,
): readonly Message[] {
  const messages: Message[] = [];
  const chunks = [first];
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
    for (let message = readMessage(chunk); message !== undefined; message = readMessage(chunk)) {
      if (message.type === MESSAGE.continuation) {
        chunks.push(open(file.block(message.body.u64(), message.body.u64(), "an object's header")));
      } else {
        messages.push(message);
      }
    }
  }
  return messages;
}
