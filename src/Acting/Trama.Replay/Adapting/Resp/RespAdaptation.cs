using System.Text;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Resp;

/// <summary>Redis: the address of a node in <c>MOVED</c> and <c>ASK</c>.</summary>
internal sealed class RespAdaptation : Adaptation
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from) =>
        from == Side.Client ? message : Placed(message, "node");

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying) => saying.Occasion.Self == Side.Client ? saying.Bytes
        : Placed(saying.Bytes, $"{ServerNames.Address(saying.Occasion)}:{saying.Occasion.LiveServer.Port}");

    // Whatever node it was: one server plays them all.
    private static ReadOnlyMemory<byte> Placed(ReadOnlyMemory<byte> reply, string place)
    {
        ReadOnlySpan<byte> bytes = reply.Span;
        if (!(bytes.StartsWith("-MOVED "u8) || bytes.StartsWith("-ASK "u8))) return reply;
        string line = Encoding.UTF8.GetString(bytes);
        int address = line.IndexOf(' ', line.IndexOf(' ', StringComparison.Ordinal) + 1);
        return address < 0 ? reply : Encoding.UTF8.GetBytes($"{line[..address]} {place}\r\n");
    }
}
