using System.Text;
using Trama.Framing.Tls.Handshake;

namespace Trama.Framing.Tls;

/// <summary>What a client asks for as it begins TLS, in the clear.</summary>
/// <param name="ServerName">The server's name; null when it names none.</param>
/// <param name="Protocols">The application protocols that it offers, the best first.</param>
public sealed record TlsClientHello(string? ServerName, IReadOnlyList<string> Protocols)
{
    /// <summary>The most bytes of a record with its header.</summary>
    public const int LongestRecord = RecordHeader.Length + (1 << 14);

    private const int MessageHeader = 4, MostProtocols = 64;

    /// <summary>How many bytes the first record of a stream has with its header; null when it is no ClientHello, or cut too
    /// short to tell.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> bytes) =>
        TlsProtocol.BeginsHandshake(bytes) && RecordHeader.TryParse(bytes, out RecordHeader header)
            ? RecordHeader.Length + header.FragmentLength : null;

    /// <summary>Reads it; null when the bytes are none, or not the whole of one in one record.</summary>
    public static TlsClientHello? Read(ReadOnlySpan<byte> bytes)
    {
        if (LengthOf(bytes) is not { } length || length > bytes.Length) return null;
        var message = new HelloReader(bytes[RecordHeader.Length..length]);
        _ = message.U8();
        ReadOnlySpan<byte> body = message.Vector24();
        if (body.Length + MessageHeader > length - RecordHeader.Length) return null;
        var hello = Hello.Read(body, isClient: true);
        var protocols = new List<string>();
        for (var list = new HelloReader(hello.Protocols); list.Rest.Length > 0 && protocols.Count < MostProtocols;)
            protocols.Add(Encoding.Latin1.GetString(list.Vector8()));
        return new TlsClientHello(hello.ServerName.IsEmpty ? null : Encoding.ASCII.GetString(hello.ServerName), protocols);
    }
}
