using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Trama.Replay.Adapting.Numbers;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Mongodb;

/// <summary>MongoDB: the number of a request in its reply, the addresses in <c>hello</c>, and what names a session tells nothing.</summary>
internal sealed class MongodbAdaptation() : NumberedAdaptation(requestAt: 4, replyAt: 8, size: 4, isKeyed: true)
{
    private const int Header = 16, OpcodeAt = 12, FlagsSize = 4;
    private const int Message = 2013, Reply = 1;
    private const int HasChecksum = 1;

    // Behind the flags, a cursor, where it starts, and how many documents there are.
    private const int ReplyHead = Header + 4 + 8 + 4 + 4;

    private static readonly string[] OfSession = ["lsid", "$clusterTime", "txnNumber", "$readPreference", "client"];
    private static readonly string[] OfServer = ["me", "primary"], OfServers = ["hosts", "passives", "arbiters"];

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        if (message.Length < Header) return message;
        byte[] content = message.ToArray();
        content.AsSpan(4, 8).Clear();
        bool names = from == Side.Server && MayName(content);
        return Changed(content, element => !OfSession.Contains(element.Name), element => names ? Here(element, []) : element.Bytes)
            ?? content;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        ReadOnlyMemory<byte> numbered = base.Write(saying);
        // Each message of a side has a number of its own, which nobody looks at.
        if (saying.Occasion.Self == Side.Client || !saying.Message.IsWhole || !MayName(numbered.Span)) return numbered;
        byte[] here = Encoding.UTF8.GetBytes(ServerNames.Place(saying.Occasion));
        return Changed(numbered, _ => true, element => Here(element, here)) ?? numbered;
    }

    // Only what a server says of its set; documents of people may have such names, too.
    private static bool MayName(ReadOnlySpan<byte> reply) =>
        reply.IndexOf("maxWireVersion\0"u8) >= 0 && (reply.IndexOf("setName\0"u8) >= 0 || reply.IndexOf("hosts\0"u8) >= 0);

    private static ReadOnlyMemory<byte> Here(BsonElement element, byte[] here)
    {
        if (element.Type == BsonElement.Text && OfServer.Contains(element.Name)) return BsonElement.String(element.Name, here);
        return element.Type == BsonElement.Array && OfServers.Contains(element.Name)
            ? BsonElement.Strings(element.Name, element.Name == OfServers[0] ? [here] : []) : element.Bytes;
    }

    // The message with elements of its first document left out or changed; null when it is no message that can be read so far.
    private static ReadOnlyMemory<byte>? Changed(
        ReadOnlyMemory<byte> message, Predicate<BsonElement> keeps, Func<BsonElement, ReadOnlyMemory<byte>> change)
    {
        int opcode = BinaryPrimitives.ReadInt32LittleEndian(message.Span[OpcodeAt..]);
        int at = opcode switch
        {
            Message when message.Length > Header + FlagsSize && message.Span[Header + FlagsSize] == 0
                && (message.Span[Header] & HasChecksum) == 0 => Header + FlagsSize + 1,
            Reply => ReplyHead,
            _ => -1,
        };
        if (at < 0 || message.Length < at + 5) return null;
        if (BsonElement.Read(message[at..], out int length) is not { } elements) return null;
        var document = new ArrayBufferWriter<byte>();
        foreach (BsonElement element in elements)
            if (keeps(element)) document.Write(change(element).Span);
        int size = document.WrittenCount + 5;
        byte[] whole = [.. message.Span[..at], 0, 0, 0, 0, .. document.WrittenSpan, 0, .. message.Span[(at + length)..]];
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(at), size);
        BinaryPrimitives.WriteInt32LittleEndian(whole, whole.Length);
        return whole;
    }
}
