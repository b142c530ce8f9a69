using System.Buffers.Binary;
using System.Text;

namespace Trama.Framing.Tds;

/// <summary>Names what a client asks for.</summary>
internal static class TdsText
{
    private const int Numbered = 0xffff;

    // MS-TDS section 2.2.6.6.
    private static readonly string[] s_procedures =
    [
        "", "sp_cursor", "sp_cursoropen", "sp_cursorprepare", "sp_cursorexecute", "sp_cursorprepexec", "sp_cursorunprepare",
        "sp_cursorfetch", "sp_cursoroption", "sp_cursorclose", "sp_executesql", "sp_prepare", "sp_execute", "sp_prepexec",
        "sp_prepexecrpc", "sp_unprepare",
    ];

    /// <summary>What follows the headers that stand before a batch or a call (section 2.2.5.3).</summary>
    public static ReadOnlySpan<byte> WithoutHeaders(ReadOnlySpan<byte> body)
    {
        uint length = body.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(body);
        return length >= sizeof(uint) && length <= body.Length ? body[(int)length..] : body;
    }

    /// <summary>Writes the procedure that is called, by its name or by its number.</summary>
    public static void WriteProcedure(ReadOnlySpan<byte> call, ref ShortText text)
    {
        if (call.Length < 4) return;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(call), number = BinaryPrimitives.ReadUInt16LittleEndian(call[2..]);
        if (length == Numbered) text.Add(Encoding.UTF8.GetBytes(number < s_procedures.Length ? s_procedures[number] : $"{number}"));
        else text.Add(Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(call.Slice(2, Math.Min(2 * length, call.Length - 2) & ~1))));
    }

    /// <summary>The name of any other message.</summary>
    public static ReadOnlySpan<byte> Name(byte type, bool isTls) => type switch
    {
        TdsHeader.Attention => "ATTENTION"u8,
        TdsHeader.BulkLoad => "BULK LOAD"u8,
        TdsHeader.FederatedLogin => "FEDAUTH"u8,
        TdsHeader.Transaction => "TRANSACTION"u8,
        TdsHeader.Login => "LOGIN7"u8,
        TdsHeader.Sspi => "SSPI"u8,
        _ => isTls ? "TLS handshake"u8 : "PRELOGIN"u8,
    };
}
