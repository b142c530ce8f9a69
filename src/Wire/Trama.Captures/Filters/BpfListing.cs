using System.Globalization;
using System.Text;

namespace Trama.Captures.Filters;

/// <summary>Filter programs as text, in the three forms that tcpdump prints them.</summary>
public static class BpfListing
{
    private const uint LinuxExtensions = unchecked((uint)-0x1000);

    // Packet metadata that Linux offers to filters at offsets counted, by fours, from the start of its extensions.
    private static readonly string[] ExtensionNames =
    [
        "proto", "type", "ifidx", "nla", "nlan", "mark", "queue", "hatype", "rxhash", "cpu", "xor_x", "vlan_tci", "vlanp", "poff", "random",
        "vlan_proto",
    ];

    /// <summary>One instruction a line in assembler (<c>-d</c>).</summary>
    public static string Assembler(ReadOnlySpan<BpfInstruction> program)
    {
        var text = new StringBuilder();
        for (int i = 0; i < program.Length; i++)
        {
            BpfInstruction instruction = program[i];
            (string name, string operand) = Describe(instruction, i);
            bool jumps = (instruction.Code & 0x07) == BpfCode.Jump && instruction.Code != BpfCode.Jump;
            if (jumps) text.Append(CultureInfo.InvariantCulture,
                $"({i:000}) {name,-8} {operand,-16} jt {i + 1 + instruction.JumpTrue}\tjf {i + 1 + instruction.JumpFalse}\n");
            else text.Append(CultureInfo.InvariantCulture, $"({i:000}) {name,-8} {operand}\n");
        }

        return text.ToString();
    }

    /// <summary>The program as part of a C source (<c>-dd</c>).</summary>
    public static string C(ReadOnlySpan<BpfInstruction> program)
    {
        var text = new StringBuilder();
        foreach (BpfInstruction i in program)
            text.Append(CultureInfo.InvariantCulture, $"{{ 0x{i.Code:x}, {i.JumpTrue}, {i.JumpFalse}, 0x{i.Operand:x8} }},\n");
        return text.ToString();
    }

    /// <summary>The number of instructions, then one a line in decimal (<c>-ddd</c>).</summary>
    public static string Decimal(ReadOnlySpan<BpfInstruction> program)
    {
        var text = new StringBuilder().Append(program.Length).Append('\n');
        foreach (BpfInstruction i in program)
            text.Append(CultureInfo.InvariantCulture, $"{i.Code} {i.JumpTrue} {i.JumpFalse} {i.Operand}\n");
        return text.ToString();
    }

    private static (string Name, string Operand) Describe(BpfInstruction instruction, int index)
    {
        int k = unchecked((int)instruction.Operand);
        bool fromIndex = (instruction.Code & BpfCode.FromIndex) != 0;
        string number = fromIndex ? "x" : $"#{k}", bits = fromIndex ? "x" : $"#0x{k:x}";
        return instruction.Code switch
        {
            BpfCode.ReturnConstant => ("ret", $"#{k}"),
            BpfCode.ReturnAccumulator => ("ret", ""),
            BpfCode.LoadWord => ("ld", Absolute(instruction.Operand)),
            BpfCode.LoadHalf => ("ldh", Absolute(instruction.Operand)),
            BpfCode.LoadByte => ("ldb", Absolute(instruction.Operand)),
            BpfCode.LoadLength => ("ld", "#pktlen"),
            BpfCode.LoadWordIndexed => ("ld", $"[x + {k}]"),
            BpfCode.LoadHalfIndexed => ("ldh", $"[x + {k}]"),
            BpfCode.LoadByteIndexed => ("ldb", $"[x + {k}]"),
            BpfCode.LoadConstant => ("ld", $"#0x{k:x}"),
            BpfCode.LoadIndexConstant => ("ldx", $"#0x{k:x}"),
            BpfCode.LoadIpHeaderLength => ("ldxb", $"4*([{k}]&0xf)"),
            BpfCode.LoadScratch => ("ld", $"M[{k}]"),
            BpfCode.LoadIndexScratch => ("ldx", $"M[{k}]"),
            BpfCode.Store => ("st", $"M[{k}]"),
            BpfCode.StoreIndex => ("stx", $"M[{k}]"),
            BpfCode.Jump => ("ja", $"{index + 1 + k}"),
            BpfCode.MoveToIndex => ("tax", ""),
            BpfCode.MoveFromIndex => ("txa", ""),
            BpfCode.Negate => ("neg", ""),
            _ => (instruction.Code & ~BpfCode.FromIndex) switch
            {
                BpfCode.JumpEqual => ("jeq", bits),
                BpfCode.JumpGreater => ("jgt", bits),
                BpfCode.JumpGreaterOrEqual => ("jge", bits),
                BpfCode.JumpSet => ("jset", bits),
                BpfCode.Add => ("add", number),
                BpfCode.Subtract => ("sub", number),
                BpfCode.Multiply => ("mul", number),
                BpfCode.Divide => ("div", number),
                BpfCode.Modulo => ("mod", number),
                BpfCode.ShiftLeft => ("lsh", number),
                BpfCode.ShiftRight => ("rsh", number),
                BpfCode.And => ("and", bits),
                BpfCode.Or => ("or", bits),
                BpfCode.ExclusiveOr => ("xor", bits),
                _ => ("unimp", $"0x{instruction.Code:x}"),
            },
        };
    }

    private static string Absolute(uint offset)
    {
        uint extension = unchecked(offset - LinuxExtensions);
        return extension % 4 == 0 && extension / 4 < ExtensionNames.Length ? $"[{ExtensionNames[extension / 4]}]"
            : $"[{unchecked((int)offset)}]";
    }
}
