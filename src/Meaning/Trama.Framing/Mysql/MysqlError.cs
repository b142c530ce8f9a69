using System.Buffers.Binary;
using Trama.Framing.Sql;

namespace Trama.Framing.Mysql;

/// <summary>Reads an ERR packet: a number, <c>#</c> and SQLSTATE, and a text.</summary>
internal static class MysqlError
{
    private const int SyntaxError = 1064;
    private const int Progress = 0xffff;

    private static ReadOnlySpan<byte> Near => " near "u8;

    /// <summary>Whether it is MariaDB's report of progress, after which the reply goes on.</summary>
    public static bool IsProgress(ReadOnlySpan<byte> payload) => Number(payload) == Progress;

    /// <summary>Whether it is about the words of a statement, some of which it repeats.</summary>
    public static bool IsSyntax(ReadOnlySpan<byte> payload) => Number(payload) == SyntaxError;

    /// <summary>Whether the server closes the connection after it: too many connections or too many of a host, a host that may not
    /// connect, a shutdown, a session that was killed or was idle too long.</summary>
    public static bool EndsConnection(ReadOnlySpan<byte> payload) =>
        Number(payload) is 1040 or 1053 or 1129 or 1130 or 1203 or 1927 or 4031;

    /// <summary>Writes it: <c>1146 42S02 Table 'shop.nope' doesn't exist</c>.</summary>
    /// <param name="payload">The beginning of the payload.</param>
    /// <param name="hidesStatement">Whether the part of the statement that it repeats is left out.</param>
    /// <param name="text">Gets the words.</param>
    public static void Write(ReadOnlySpan<byte> payload, bool hidesStatement, ref ShortText text)
    {
        text.Clear();
        if (payload.Length < 3) return;
        text.Add(Number(payload));
        ReadOnlySpan<byte> rest = payload[3..];
        if (rest is [(byte)'#', _, _, _, _, _, ..])
        {
            text.Add(" "u8);
            text.Add(rest.Slice(1, 5));
            rest = rest[6..];
        }

        int near = hidesStatement || SqlText.NamesSecret(rest) ? rest.IndexOf(Near) : -1;
        if (near >= 0 && IsSyntax(payload)) rest = rest[..near];
        text.Add(" "u8);
        text.Add(rest);
    }

    private static int Number(ReadOnlySpan<byte> payload) => payload.Length < 3 ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(payload[1..]);
}
