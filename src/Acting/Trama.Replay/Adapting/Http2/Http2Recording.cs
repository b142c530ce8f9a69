using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Http2;

/// <summary>Recorded connections of HTTP/2.</summary>
internal static class Http2Recording
{
    /// <summary>Whether a connection is one.</summary>
    public static bool Is(RecordedConnection recorded) => recorded.Pieces.Count > 0;

    /// <summary>The connection with its messages in the form of <see cref="StreamMessage"/>, and without those that are about the
    /// connection.</summary>
    public static RecordedConnection Portable(RecordedConnection recorded)
    {
        var client = new StreamReader(speaksPreface: true);
        var server = new StreamReader(speaksPreface: false);
        foreach (RecordedPiece piece in recorded.Pieces)
        {
            StreamReader reader = piece.From == Side.Client ? client : server;
            // With a block of fields missing, nobody knows what later ones mean.
            if (piece.Missing == 0) reader.Take(piece.Bytes.Span);
        }

        List<RecordedExchange> exchanges =
        [
            // What the server pushes is asked by nobody.
            .. recorded.Exchanges.Where(exchange => exchange.Request is { From: Side.Client, Stream: not null })
                .Select(exchange => exchange with
                {
                    Request = Portable(exchange.Request, client),
                    Reply = Portable(exchange.Reply, server),
                    // They stand in the reply's own frames.
                    Interim = [],
                }),
        ];
        return recorded with { Exchanges = exchanges };
    }

    private static RecordedMessage? Portable(RecordedMessage? message, StreamReader reader)
    {
        if (message?.Stream is not { } stream) return message;
        ReadOnlyMemory<byte> frames = reader.Complete.TryGetValue((uint)stream, out StreamMessage? complete)
            ? complete.Frames : reader.Unfinished((uint)stream);
        return message with { Bytes = frames, Length = frames.Length };
    }
}
