using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Framing;
using Trama.Replay.Adapting.Mail;
using Trama.Replay.Recording;
using Trama.Replay.Recording.Transfers;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Ftp;

/// <summary>FTP: files and lists go over connections of their own, which one side announces and the other makes; where they are is
/// another place each time. TLS is not offered within a connection.</summary>
internal sealed class FtpAdaptation : Adaptation, IDisposable
{
    private static readonly ReadOnlyMemory<byte> NoTls = "502 TLS is not spoken here.\r\n"u8.ToArray();
    private static readonly HashSet<string> OfTls = ["AUTH TLS", "AUTH SSL", "AUTH TLS-C", "AUTH TLS-P"];
    private static readonly HashSet<string> BehindTls = ["PBSZ", "PROT", "CCC"];

    private const int LongestFolder = 1024;

    private DataLine? _line;
    private int _expected;
    private bool _hasFailed;
    private string _folder = "";

    /// <inheritdoc/>
    public override RecordedConnection ToServe(RecordedConnection recorded) => WithoutTls(recorded);

    /// <inheritdoc/>
    public override RecordedConnection ToSend(RecordedConnection recorded) => WithoutTls(recorded);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Operation(ReadOnlyMemory<byte> operation) =>
        TransferSearch.Verb(operation.Span) is "PORT" or "EPRT" ? operation[..4] : operation;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from) =>
        AnnouncedPort.Read(message.Span) is null ? message : message[..Math.Min(4, message.Length)];

    /// <inheritdoc/>
    public override Standing Standing(ReadOnlySpan<byte> operation) => new(null, _folder);

    /// <inheritdoc/>
    public override void Follow(ReadOnlySpan<byte> operation, RecordedMessage? reply)
    {
        if (reply is null || reply.Failed == true) return;
        string[] words = Encoding.UTF8.GetString(operation).TrimEnd().Split(' ', 2);
        string? folder = words[0].ToUpperInvariant() switch
        {
            "CWD" or "XCWD" when words.Length > 1 => words[1],
            "CDUP" or "XCUP" => "..",
            _ => null,
        };
        if (folder is null) return;
        _folder = folder is ['/', ..] ? folder : $"{_folder}/{folder}";
        // Whoever goes down and up for ever is somewhere.
        if (_folder.Length > LongestFolder) _folder = _folder[^LongestFolder..];
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? OwnReply(LiveMessage asked)
    {
        if (IsOfTls(asked.Operation.Span)) return NoTls;
        return null;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? UnknownReply(LiveMessage asked, Occasion occasion)
    {
        switch (TransferSearch.Verb(asked.Operation.Span))
        {
            case "PORT" or "EPRT": return "200 Go ahead.\r\n"u8.ToArray();
            case "PASV": return Announce("227 Entering Passive Mode (0,0,0,0,0,0).\r\n"u8.ToArray(), occasion);
            case "EPSV": return Announce("229 Entering Extended Passive Mode (|||0|).\r\n"u8.ToArray(), occasion);
            default: return null;
        }
    }

    /// <inheritdoc/>
    public override void Hear(LiveMessage message)
    {
        if (AnnouncedPort.Read(message.Bytes.Span) is not { } announced) return;
        _line?.Expect(announced.Port);
        _expected = announced.Port;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (AnnouncedPort.Read(saying.Bytes.Span) is not null) return Announce(saying.Bytes, saying.Occasion);
        if (saying.Occasion.Self == Side.Client) return saying.Bytes;
        ReadOnlySpan<byte> asked = saying.AskedThen is { } then ? then.Operation.Span : default;
        if (_hasFailed && TransferSearch.Carries(asked) && (saying.Message.Traits & MessageTraits.Interim) == 0)
        {
            _hasFailed = false;
            return "425 Nothing could be carried.\r\n"u8.ToArray();
        }

        return TransferSearch.Verb(asked) != "FEAT" ? saying.Bytes
            : TlsOffers.Removed(saying.Bytes, " AUTH TLS\r\n", " AUTH SSL\r\n", " PBSZ\r\n", " PROT\r\n");
    }

    /// <inheritdoc/>
    public override async Task CarryAsync(
        RecordedTransfer transfer, Occasion occasion, IBufferWriter<byte>? heard, Task ready, CancellationToken stop)
    {
        try
        {
            await Line(occasion).CarryAsync(transfer, heard, ready, stop);
        }
        catch (Exception error) when (error is SocketException or TimeoutException or ObjectDisposedException)
        {
            _hasFailed = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _line?.Dispose();

    private static RecordedConnection WithoutTls(RecordedConnection recorded) => recorded with
    {
        Exchanges = [.. recorded.Exchanges.Where(exchange =>
            exchange.Request is not { } request || !IsOfTls(request.Operation.Span))],
    };

    // Other protocols of commands have an AUTH of their own.
    private static bool IsOfTls(ReadOnlySpan<byte> operation) => BehindTls.Contains(TransferSearch.Verb(operation))
        || OfTls.Contains(Encoding.Latin1.GetString(operation).ToUpperInvariant());

    private ReadOnlyMemory<byte> Announce(ReadOnlyMemory<byte> message, Occasion occasion)
    {
        bool isServer = occasion.Self == Side.Server;
        IPEndPoint place;
        try
        {
            place = Line(occasion).Listen();
        }
        catch (SocketException)
        {
            return isServer ? "425 No port is free.\r\n"u8.ToArray() : message;
        }

        // The old forms have room for IPv4 alone.
        bool fits = place.AddressFamily == AddressFamily.InterNetwork;
        if (!fits && message.Span.StartsWith("227"u8)) return "425 EPSV is for IPv6.\r\n"u8.ToArray();
        return !fits && !isServer ? Encoding.ASCII.GetBytes($"EPRT {AnnouncedPort.Bars(place)}\r\n")
            : AnnouncedPort.Replace(message.Span, place);
    }

    private DataLine Line(Occasion occasion)
    {
        if (_line is not null) return _line;
        _line = new DataLine(occasion);
        _line.Expect(_expected);
        return _line;
    }
}
