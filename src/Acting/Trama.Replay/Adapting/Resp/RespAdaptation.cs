using System.Text;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Resp;

/// <summary>Redis: the address of a node in <c>MOVED</c> and <c>ASK</c>; what is asked within MULTI, in a version of the protocol and in a
/// database.</summary>
internal sealed class RespAdaptation : Adaptation
{
    private bool _isQueueing;
    private string _version = "", _database = "0";

    /// <inheritdoc/>
    public override Standing Standing(ReadOnlySpan<byte> operation) => new(_isQueueing ? "MULTI" : null, $"{_version}/{_database}");

    /// <inheritdoc/>
    public override void Follow(ReadOnlySpan<byte> operation, RecordedMessage? reply)
    {
        string[] words = Encoding.UTF8.GetString(operation).Split(' ');
        bool isRefused = reply is { Failed: true } or { Bytes.Span: [(byte)'-', ..] };
        switch (words[0].ToUpperInvariant())
        {
            // Up to EXEC all is queued, and only that is replied (redis.io, "Transactions").
            case "MULTI" when !isRefused: _isQueueing = true; break;
            case "EXEC" or "DISCARD": _isQueueing = false; break;
            case "RESET": (_isQueueing, _version, _database) = (false, "", "0"); break;
            // Of version 3 replies are written otherwise.
            case "HELLO" when !isRefused && words.Length > 1: _version = words[1]; break;
            case "SELECT" when !isRefused && !_isQueueing && words.Length > 1: _database = words[1]; break;
        }
    }

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
