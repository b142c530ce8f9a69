using Trama.Framing.Tls;
using Trama.Framing.Tls.Keys;

namespace Trama.Framing.Tests.Tls;

/// <summary>What OpenSSL encrypts is read, however it is encrypted.</summary>
public class LiveDecryptionTests
{
    private static readonly string[] Lines = ["first line", "another one, a little longer than the first", "the last"];

    public static TheoryData<string, string> Suites() => new()
    {
        { "TLS_AES_128_GCM_SHA256", "-tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256" },
        { "TLS_AES_256_GCM_SHA384", "-tls1_3 -ciphersuites TLS_AES_256_GCM_SHA384 -record_padding 512" },
        { "TLS_CHACHA20_POLY1305_SHA256", "-tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256" },
        { "TLS_AES_128_CCM_SHA256", "-tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256" },
        { "TLS_AES_128_CCM_8_SHA256", "-tls1_3 -ciphersuites TLS_AES_128_CCM_8_SHA256 -cipher ALL:@SECLEVEL=0" },
        { "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256" },
        { "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "-tls1_2 -cipher ECDHE-ECDSA-AES256-GCM-SHA384 ecdsa" },
        { "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "-tls1_2 -cipher ECDHE-RSA-CHACHA20-POLY1305" },
        { "TLS_DHE_RSA_WITH_AES_256_CCM", "-tls1_2 -cipher DHE-RSA-AES256-CCM" },
        { "TLS_RSA_WITH_AES_128_CCM_8", "-tls1_2 -cipher AES128-CCM8:@SECLEVEL=0" },
        { "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "-tls1_2 -cipher ECDHE-RSA-AES128-SHA" },
        { "TLS_RSA_WITH_AES_256_CBC_SHA256", "-tls1_2 -cipher AES256-SHA256 -no_etm" },
        { "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "-tls1_2 -cipher ECDHE-RSA-AES256-SHA384 -no_etm" },
        { "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA256 ecdsa" },
        { "TLS_RSA_WITH_NULL_SHA256", "-tls1_2 -cipher NULL-SHA256:@SECLEVEL=0" },
        { "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "-tls1_1 -cipher ECDHE-RSA-AES256-SHA:@SECLEVEL=0" },
        { "TLS_RSA_WITH_AES_128_CBC_SHA", "-tls1 -cipher AES128-SHA:@SECLEVEL=0 -no_etm" },
        { "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "-tls1 -cipher DHE-RSA-AES128-SHA:@SECLEVEL=0" },
    };

    [Theory]
    [MemberData(nameof(Suites))]
    public async Task Every_suite_is_decrypted(string suite, string options)
    {
        string[] words = options.Split(' ');
        using var conversation = new OpensslConversation(words);
        await conversation.TalkAsync(Lines, [.. words.Where(word => word is not ("ecdsa" or "-record_padding" or "512"))]);
        TlsFacts facts = Check(conversation, conversation.KeyLog, Lines);
        Assert.Equal(suite, facts.Cipher);
        Assert.False(facts.IsResumed);
        Assert.Equal("CN=trama test", facts.Certificate?.Subject);
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_2 -no_ticket")]
    [InlineData("-tls1_3")]
    public async Task A_resumed_session_is_decrypted(string options)
    {
        string[] words = options.Split(' ');
        using var conversation = new OpensslConversation(words);
        var keys = new TlsKeys();
        await conversation.TalkAsync(Lines, [.. words, "-sess_out", conversation.InFolder("session")]);
        byte[] first = conversation.KeyLog;
        Check(conversation, first, Lines, keys);
        await conversation.TalkAsync(Lines, [.. words, "-sess_in", conversation.InFolder("session")]);
        Assert.True(Check(conversation, conversation.KeyLog, Lines).IsResumed);
        if (words[0] == "-tls1_3") return;
        // Without a line of its own too: the session that it resumes has one.
        Assert.True(Check(conversation, [], Lines, keys).IsResumed);
    }

    [Fact]
    public async Task Keys_change_in_both_directions()
    {
        using var conversation = new OpensslConversation("-tls1_3");
        await conversation.TalkAsync(["before", "K", "after", "k", "and again", "K", "at last"], "-tls1_3");
        Check(conversation, conversation.KeyLog, ["before", "after", "and again", "at last"]);
    }

    [Fact]
    public async Task A_server_may_ask_for_another_hello()
    {
        using var conversation = new OpensslConversation("-tls1_3", "-groups", "P-384");
        await conversation.TalkAsync(Lines, "-tls1_3", "-groups", "P-256:P-384");
        Assert.True(Check(conversation, conversation.KeyLog, Lines).IsRetried);
    }

    [Fact]
    public async Task A_connection_may_negotiate_anew()
    {
        using var conversation = new OpensslConversation("-tls1_2", "-client_renegotiation");
        await conversation.TalkAsync(["before", "R", "after"], "-tls1_2");
        Check(conversation, conversation.KeyLog, ["before", "after"]);
    }

    private static TlsFacts Check(OpensslConversation conversation, byte[] keyLog, string[] lines, TlsKeys? keys = null)
    {
        keys ??= new TlsKeys();
        var reader = new KeyLogReader(keys);
        reader.Take(keyLog);
        reader.Complete();
        TlsFacts? facts = null;
        foreach (int size in new[] { int.MaxValue, 1, 7 })
        {
            var sink = new CarriedText();
            var talk = new Conversation(FramingRule.Auto, sink, new FramingContext { Keys = keys });
            foreach ((Direction from, byte[] bytes) in conversation.Said)
                foreach (byte[] piece in bytes.Chunk(Math.Min(size, bytes.Length))) talk.Take(from, piece);
            facts = talk.Tls!;
            Assert.Equal(string.Concat(lines.Select(line => line + "\n")), sink.Text(Direction.ToServer));
            Assert.Equal(string.Concat(lines.Select(line => new string([.. line.Reverse()]) + "\n")), sink.Text(Direction.ToClient));
            Assert.Equal((true, TlsObstacle.None), (facts.IsDecrypted, facts.Obstacle));
        }

        return facts!;
    }
}
