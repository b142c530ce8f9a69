namespace Trama.Framing.Tests;

public class FramingRuleParserTests
{
    [Theory]
    [InlineData("auto")]
    [InlineData("turns")]
    [InlineData("lines")]
    [InlineData("raw")]
    [InlineData("delimiter:0d0a")]
    [InlineData("length:u8")]
    [InlineData("length:u16be")]
    [InlineData("length:u16le+12")]
    [InlineData("length:u32be-4")]
    [InlineData("length:u32le")]
    public void A_framing_is_read_and_written_alike(string text)
    {
        Assert.True(FramingRuleParser.TryParse(text, out FramingRule? rule, out _));
        Assert.Equal(text, rule.Name);
        Assert.True(FramingRuleParser.TryParse(text.ToUpperInvariant(), out rule, out _));
        Assert.Equal(text, rule.Name);
    }

    [Theory]
    [InlineData("", FramingRuleFault.UnknownName, 0)]
    [InlineData("line", FramingRuleFault.UnknownName, 0)]
    [InlineData("sized:4", FramingRuleFault.UnknownName, 0)]
    [InlineData("turns:3", FramingRuleFault.UnexpectedArgument, 5)]
    [InlineData("delimiter", FramingRuleFault.MissingArgument, 9)]
    [InlineData("delimiter:", FramingRuleFault.MissingArgument, 10)]
    [InlineData("delimiter:0d0", FramingRuleFault.BadHex, 13)]
    [InlineData("delimiter:0dxa", FramingRuleFault.BadHex, 12)]
    [InlineData("length", FramingRuleFault.MissingArgument, 6)]
    [InlineData("length:u24", FramingRuleFault.UnknownLengthField, 7)]
    [InlineData("length:+4", FramingRuleFault.UnknownLengthField, 7)]
    [InlineData("length:u32be+", FramingRuleFault.BadAdjustment, 12)]
    [InlineData("length:u32be+x", FramingRuleFault.BadAdjustment, 12)]
    [InlineData("length:u32be+70000", FramingRuleFault.BadAdjustment, 12)]
    [InlineData("length:u32be+-4", FramingRuleFault.BadAdjustment, 12)]
    public void A_refusal_says_why_and_where(string text, FramingRuleFault fault, int position)
    {
        Assert.False(FramingRuleParser.TryParse(text, out _, out FramingRuleError error));
        Assert.Equal(new FramingRuleError(fault, position), error);
    }

    [Fact]
    public void A_delimiter_has_a_largest_size()
    {
        Assert.True(FramingRuleParser.TryParse("delimiter:" + new string('0', 128), out _, out _));
        Assert.False(FramingRuleParser.TryParse("delimiter:" + new string('0', 130), out _, out FramingRuleError error));
        Assert.Equal(new FramingRuleError(FramingRuleFault.DelimiterTooLong, 138), error);
    }
}
