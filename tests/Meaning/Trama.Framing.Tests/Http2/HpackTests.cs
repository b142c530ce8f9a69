using System.Text;
using CsCheck;
using Trama.Framing.Http2;
using Trama.Framing.Http2.Hpack;

namespace Trama.Framing.Tests.Http2;

public class HpackTests
{
    [Theory]
    // RFC 7541, appendix C.4 and C.6.
    [InlineData("f1e3c2e5f23a6ba0ab90f4ff", "www.example.com")]
    [InlineData("a8eb10649cbf", "no-cache")]
    [InlineData("25a849e95ba97d7f", "custom-key")]
    [InlineData("d07abe941054d444a8200595040b8166e082a62d1bff", "Mon, 21 Oct 2013 20:13:21 GMT")]
    [InlineData("94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
        "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1")]
    [InlineData("", "")]
    public void Huffman_code_is_decoded(string coded, string text) => Assert.Equal(text, Decoded(Convert.FromHexString(coded)));

    [Theory]
    // RFC 7541, appendix B: codes of 10 bits and more.
    [InlineData('!', 0x3f8, 10)]
    [InlineData('|', 0x7fc, 11)]
    [InlineData('#', 0xffa, 12)]
    [InlineData('\0', 0x1ff8, 13)]
    [InlineData('^', 0x3ffc, 14)]
    [InlineData('{', 0x7ffe, 15)]
    [InlineData('\\', 0x7fff0, 19)]
    [InlineData(128, 0xfffe6, 20)]
    [InlineData(153, 0x1fffdc, 21)]
    [InlineData(129, 0x3fffd2, 22)]
    [InlineData(1, 0x7fffd8, 23)]
    [InlineData(9, 0xffffea, 24)]
    [InlineData(199, 0x1ffffec, 25)]
    [InlineData(255, 0x3ffffee, 26)]
    [InlineData(254, 0x7fffff0, 27)]
    [InlineData(249, 0xffffffe, 28)]
    [InlineData('\n', 0x3ffffffc, 30)]
    [InlineData(22, 0x3ffffffe, 30)]
    public void Long_codes_are_decoded_alone_and_between_short_ones(int symbol, int code, int length)
    {
        string bits = Convert.ToString(code, 2).PadLeft(length, '0');
        Assert.Equal([(char)symbol], Decoded(Bytes(bits)));
        Assert.Equal(['0', (char)symbol, 'a'], Decoded(Bytes("00000" + bits + "00011")));
    }

    [Theory]
    [InlineData("ff")]
    [InlineData("f1e3c2e5f23a6ba0ab90f4ffff")]
    [InlineData("fffffffffc")]
    [InlineData("00")]
    public void A_code_that_ends_wrong_is_refused(string coded) => Assert.Null(Decoded(Convert.FromHexString(coded)));

    [Fact]
    public void No_bytes_give_more_text_than_there_is_room_for() => Gen.Byte.Array[0, 200].Sample(coded =>
        Decoded(coded) is not { } text || text.Length <= HpackHuffman.MaxText(coded.Length));

    [Fact]
    public void The_requests_of_the_RFC()
    {
        var table = new HpackTable();
        Assert.Equal("GET / unknown=False", Read(table, "828684410f7777772e6578616d706c652e636f6d"));
        Assert.Equal("GET / unknown=False", Read(table, "828684be58086e6f2d6361636865"));
        Assert.Equal("GET /index.html unknown=False", Read(table, "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565"));
    }

    [Fact]
    public void The_replies_of_the_RFC_push_entries_out_of_a_table_of_256_bytes()
    {
        var table = new HpackTable();
        table.Resize(256);
        Assert.Equal("302 unknown=False",
            Read(table, "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d"));
        Assert.Equal("302 unknown=False", Read(table, "c1"));
        Assert.Equal("307 unknown=False", Read(table, "4803333037c1c0bf"));
        Assert.Equal("307 unknown=False", Read(table, "be"));
        Assert.Equal("0 unknown=False", Read(table, "c1"));
        Assert.Equal("0 unknown=True", Read(table, "c2"));
    }

    [Fact]
    public void After_missing_bytes_an_index_of_a_later_entry_resolves_and_an_older_one_is_unknown()
    {
        var table = new HpackTable();
        Read(table, "4404" + "2f6f6c64");
        Read(table, "4404" + "2f6f6c32");
        table.Forget();
        Assert.Equal("GET /new unknown=False", Read(table, "82" + "4404" + "2f6e6577"));
        Assert.Equal("GET /new unknown=False", Read(table, "82" + "be"));
        Assert.Equal("GET  unknown=True", Read(table, "82" + "bf"));
    }

    [Fact]
    public void A_table_of_many_entries_finds_each_of_those_that_fit() => Gen.Select(Gen.Int[0, 300].Array[1, 300], Gen.Int[0, 5000])
        .Sample((lengths, limit) =>
    {
        var table = new HpackTable();
        table.Resize(limit);
        var model = new List<int>();
        foreach (int length in lengths)
        {
            byte[] value = new byte[length];
            value.AsSpan().Fill((byte)length);
            table.Add(new HpackField(HeaderName.Path, value), 5, length);
            model.Insert(0, length);
            while (model.Sum(one => one + 37) > limit) model.RemoveAt(model.Count - 1);
        }

        for (int i = 0; i < model.Count; i++)
        {
            HpackField field = table.Field(i, out _);
            if (field.Value.Length != model[i] || field.Value.ContainsAnyExcept((byte)model[i])) return false;
        }

        return table.Field(model.Count, out _).Name == HeaderName.Unknown;
    }, iter: 300);

    [Fact]
    public void No_block_does_harm() => Gen.Byte.Array[0, 300].Sample(block =>
        HeaderBlock.TryRead(block, new HpackTable(), new HeaderFields(readsBodies: false)) || true);

    [Fact]
    public void A_bomb_of_references_costs_no_memory()
    {
        byte[] value = new byte[4000];
        byte[] large = [0x44, 0x7f, 0xa1, 0x1e, .. value];
        byte[] bomb = [.. large, .. Enumerable.Repeat((byte)0xbe, HeaderBlock.MaxSize - large.Length)];
        var table = new HpackTable();
        var fields = new HeaderFields(readsBodies: false);
        HeaderBlock.TryRead(bomb, table, fields);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) Assert.True(HeaderBlock.TryRead(bomb, table, fields));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    private static string Read(HpackTable table, string block)
    {
        var fields = new HeaderFields(readsBodies: false);
        Assert.True(HeaderBlock.TryRead(Convert.FromHexString(block), table, fields));
        string first = fields.Method.IsEmpty ? $"{fields.Status}" : $"{Encoding.ASCII.GetString(fields.Method)} "
            + $"{Encoding.ASCII.GetString(fields.Target)}";
        return $"{first} unknown={fields.HasUnknown}";
    }

    private static byte[] Bytes(string bits)
    {
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        return [.. bits.Chunk(8).Select(one => Convert.ToByte(new string(one), 2))];
    }

    private static string? Decoded(byte[] coded)
    {
        byte[] text = new byte[HpackHuffman.MaxText(coded.Length)];
        return HpackHuffman.TryDecode(coded, text, out int length) ? Encoding.Latin1.GetString(text, 0, length) : null;
    }
}
