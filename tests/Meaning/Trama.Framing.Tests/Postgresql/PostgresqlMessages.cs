using System.Buffers.Binary;
using System.Text;

namespace Trama.Framing.Tests.Postgresql;

/// <summary>Writes messages of PostgreSQL's protocol: a type, a length, a body in which <c>|</c> stands for NUL.</summary>
internal static class PostgresqlMessages
{
    public static byte[] Startup => [0, 0, 0, 23, 0, 3, 0, 0, .. "user\0ana\0db\0x\0\0"u8[..15]];

    public static byte[] SslRequest => [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

    public static byte[] Ready => Of("Z", "I");

    /// <summary>One message: the first word's letter is its type, the rest its body.</summary>
    public static byte[] Of(string type, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body.Replace('|', '\0'));
        byte[] message = [(byte)type[0], 0, 0, 0, 0, .. bytes];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + bytes.Length);
        return message;
    }

    public static byte[] Join(params byte[][] messages) => [.. messages.SelectMany(message => message)];

    /// <summary>Parse, Bind, Describe, Execute of the statement without a name.</summary>
    public static byte[] Run(string statement) => Join(Of("P", $"|{statement}|||"), Of("B", "||||||||"), Of("D", "P|"), Of("E", "|||||"));

    public static byte[] Completed(string tag) => Join(Of("1", ""), Of("2", ""), Of("n", ""), Of("C", tag + "|"));

    public static byte[] Error(string code, string text) => Of("E", $"SERROR|VERROR|C{code}|M{text}||");
}
