using System.Buffers;

namespace Trama.Framing.Tls.Keys;

/// <summary>One line of a key log: a label, what names the connection, and a secret, both in hexadecimal (RFC 9850 section 2).</summary>
internal ref struct KeyLogLine
{
    /// <summary>The length of a master or premaster secret, in bytes; also of a traffic secret made with SHA-384.</summary>
    public const int LongSecret = 48;

    /// <summary>The length of a traffic secret made with SHA-256, in bytes.</summary>
    public const int ShortSecret = 32;

    /// <summary>The length of the name of an encrypted premaster secret, in bytes.</summary>
    public const int PremasterName = 8;

    /// <summary>Which secret it is.</summary>
    public SecretLabel Label { get; private set; }

    /// <summary>What names the connection: a client random, or the beginning of an encrypted premaster secret. In hexadecimal.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The secret, in hexadecimal.</summary>
    public ReadOnlySpan<byte> Secret { get; private set; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its end, neither empty nor a comment.</param>
    /// <param name="read">What it says.</param>
    /// <returns>False when it is malformed.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out KeyLogLine read)
    {
        read = default;
        int first = line.IndexOf((byte)' ');
        if (first <= 0 || line[..first].ContainsAnyExcept(Labels)) return false;
        ReadOnlySpan<byte> rest = line[(first + 1)..];
        int second = rest.IndexOf((byte)' ');
        if (second <= 0) return false;
        read.Label = LabelNamed(line[..first]);
        read.Name = rest[..second];
        read.Secret = rest[(second + 1)..].TrimEnd((byte)' ');
        if (read.Name.ContainsAnyExcept(Hexadecimal) || read.Secret.ContainsAnyExcept(Hexadecimal)) return false;
        return read.Label switch
        {
            SecretLabel.Other => !read.Secret.IsEmpty,
            SecretLabel.Premaster => HasLengths(read, PremasterName, LongSecret),
            SecretLabel.Master => HasLengths(read, ClientRandom.Length, LongSecret),
            _ => HasLengths(read, ClientRandom.Length, LongSecret) || HasLengths(read, ClientRandom.Length, ShortSecret),
        };
    }

    private static SearchValues<byte> Labels { get; } = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private static SearchValues<byte> Hexadecimal { get; } = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static bool HasLengths(in KeyLogLine line, int name, int secret) =>
        line.Name.Length == 2 * name && line.Secret.Length == 2 * secret;

    private static SecretLabel LabelNamed(ReadOnlySpan<byte> label)
    {
        if (label.SequenceEqual("CLIENT_RANDOM"u8)) return SecretLabel.Master;
        if (label.SequenceEqual("CLIENT_HANDSHAKE_TRAFFIC_SECRET"u8)) return SecretLabel.ClientHandshake;
        if (label.SequenceEqual("SERVER_HANDSHAKE_TRAFFIC_SECRET"u8)) return SecretLabel.ServerHandshake;
        if (label.SequenceEqual("CLIENT_TRAFFIC_SECRET_0"u8)) return SecretLabel.ClientApplication;
        if (label.SequenceEqual("SERVER_TRAFFIC_SECRET_0"u8)) return SecretLabel.ServerApplication;
        if (label.SequenceEqual("CLIENT_EARLY_TRAFFIC_SECRET"u8)) return SecretLabel.ClientEarly;
        return label.SequenceEqual("RSA"u8) ? SecretLabel.Premaster : SecretLabel.Other;
    }
}
