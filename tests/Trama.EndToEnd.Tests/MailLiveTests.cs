namespace Trama.EndToEnd.Tests;

/// <summary>What curl says to servers of mail and files, captured as it says it: in the clear, and behind STARTTLS, STLS and AUTH TLS with
/// the keys that curl writes.</summary>
public class MailLiveTests
{
    private static readonly string[] s_user = ["-u", $"ana:{MailServer.Password}"];

    // Told to whoever has the keys: what goes before TLS, and behind it.
    private static readonly string[] s_secured = ["-k", "--ssl-reqd"];

    [Fact]
    public async Task SMTP_is_told_by_command_and_code_and_content_is_one()
    {
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string curl = await ReadyAsync();
        await using TramaProcess server = await MailServer.SmtpAsync(folder, port);
        string[] mail = Mail(folder, port), login = [.. s_user, "--login-options", "AUTH=LOGIN"];
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            Assert.Equal(0, await SayAsync(curl, [.. mail, "--mail-rcpt", "bo@example.org", "--mail-rcpt", "cy@example.org"]));
            Assert.NotEqual(0, await SayAsync(curl, [.. mail, "--mail-rcpt", "nobody@example.org"]));
            Assert.Equal(0, await SayAsync(curl, [.. mail, "--mail-rcpt", "bo@example.org", .. login]));
        });
        string[] told = await ToldAsync(capture);
        foreach (string line in (string[])
        [
            "EHLO me.example > 250", "RCPT TO:<bo@example.org> > 250", "RCPT TO:<nobody@example.org> > 550 failed", "DATA > 354",
            "content > 250", "AUTH LOGIN > 334", "AUTH *** > 235", "QUIT > 221",
        ]) Assert.Contains(line, told);
        Assert.Equal(2, told.Count(line => line == "content > 250"));
        Assert.Equal(2, told.Count(line => line == "DATA > 354"));
    }

    [Fact]
    public async Task FTP_is_told_by_command_and_last_code()
    {
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string curl = await ReadyAsync();
        await using TramaProcess server = await MailServer.FtpAsync(folder, port);
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            Assert.Equal(0, await SayAsync(curl, [.. s_user, $"ftp://127.0.0.1:{port}/a.txt"]));
            Assert.NotEqual(0, await SayAsync(curl, [.. s_user, $"ftp://127.0.0.1:{port}/none"]));
            Assert.Equal(0, await SayAsync(curl, [.. s_user, "-Q", "STAT", "-Q", "SITE HELP", $"ftp://127.0.0.1:{port}/"]));
        });
        string[] told = await ToldAsync(capture);
        foreach (string line in (string[])
        [
            "USER ana > 331", "PASS *** > 230", "SIZE a.txt > 213", "RETR a.txt > 226", "SIZE none > 550 failed", "STAT > 211",
            "SITE HELP > 214", "LIST > 226", "QUIT > 221",
        ]) Assert.Contains(line, told);
    }

    [Fact]
    public async Task POP3_and_IMAP_are_told_by_command_and_outcome()
    {
        using var folder = new TemporaryFolder();
        int pop3 = FreePorts.Next(), imap = FreePorts.Next();
        string curl = await ReadyAsync();
        await using TramaProcess server = await MailServer.DovecotAsync(folder, pop3, imap);
        string capture = await LiveCapture.OfAsync(folder, imap, async () =>
        {
            Assert.Equal(0, await SayAsync(curl, [.. s_user, "-T", Content(folder), $"imap://127.0.0.1:{imap}/INBOX"]));
            Assert.Equal(0, await SayAsync(curl, [.. s_user, $"imap://127.0.0.1:{imap}/INBOX;UID=1"]));
            Assert.NotEqual(0, await SayAsync(curl, [.. s_user, "-X", "NOPE", $"imap://127.0.0.1:{imap}/INBOX"]));
        });
        string[] told = await ToldAsync(capture);
        foreach (string line in (string[])
        [
            "AUTHENTICATE PLAIN *** > OK", "SELECT INBOX > OK", "UID FETCH 1 BODY[] > OK", "NOPE > BAD failed", "LOGOUT > OK",
        ]) Assert.Contains(line, told);
        string appended = Assert.Single(told, line => line.StartsWith("APPEND ", StringComparison.Ordinal));
        Assert.EndsWith("} > OK", appended, StringComparison.Ordinal);
        capture = await LiveCapture.OfAsync(folder, pop3, async () =>
        {
            Assert.Equal(0, await SayAsync(curl, [.. s_user, $"pop3://127.0.0.1:{pop3}/"]));
            Assert.Equal(0, await SayAsync(curl, [.. s_user, $"pop3://127.0.0.1:{pop3}/1"]));
            Assert.NotEqual(0, await SayAsync(curl, [.. s_user, "-X", "NOPE", $"pop3://127.0.0.1:{pop3}/"]));
        });
        told = await ToldAsync(capture);
        foreach (string line in (string[])
        [
            "CAPA > +OK", "AUTH PLAIN > +", "AUTH *** > +OK", "LIST > +OK", "RETR 1 > +OK", "NOPE > -ERR failed", "QUIT > +OK",
        ]) Assert.Contains(line, told);
    }

    [Fact]
    public async Task Behind_STARTTLS_mail_is_told_to_who_has_the_keys()
    {
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string curl = await ReadyAsync();
        await using TramaProcess server = await MailServer.SmtpAsync(folder, port);
        await AssertSecuredAsync(
            curl, folder, port, [.. s_secured, .. s_user, .. Mail(folder, port), "--mail-rcpt", "bo@example.org"], "smtp", "STARTTLS > 220",
            "AUTH PLAIN > 334", "AUTH *** > 235", "RCPT TO:<bo@example.org> > 250", "content > 250", "QUIT > 221");
    }

    [Fact]
    public async Task Behind_AUTH_TLS_files_are_told_to_who_has_the_keys()
    {
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        string curl = await ReadyAsync();
        await using TramaProcess server = await MailServer.FtpAsync(folder, port);
        await AssertSecuredAsync(
            curl, folder, port, ["-k", "--ftp-ssl-control", .. s_user, $"ftp://127.0.0.1:{port}/a.txt"], "ftp", "AUTH SSL > 234",
            "USER ana > 331", "PASS *** > 230", "RETR a.txt > 226", "QUIT > 221");
    }

    [Fact]
    public async Task Behind_STLS_and_STARTTLS_a_mailbox_is_told_to_who_has_the_keys()
    {
        using var folder = new TemporaryFolder();
        int pop3 = FreePorts.Next(), imap = FreePorts.Next();
        string curl = await ReadyAsync();
        await using TramaProcess server = await MailServer.DovecotAsync(folder, pop3, imap);
        Assert.Equal(0, await SayAsync(curl, [.. s_user, "-T", Content(folder), $"imap://127.0.0.1:{imap}/INBOX"]));
        await AssertSecuredAsync(
            curl, folder, imap, [.. s_secured, .. s_user, $"imap://127.0.0.1:{imap}/INBOX;UID=1"], "imap", "STARTTLS > OK",
            "AUTHENTICATE PLAIN *** > OK", "SELECT INBOX > OK", "UID FETCH 1 BODY[] > OK", "LOGOUT > OK");
        await AssertSecuredAsync(
            curl, folder, pop3, [.. s_secured, .. s_user, $"pop3://127.0.0.1:{pop3}/1"], "pop3", "STLS > +OK", "AUTH PLAIN > +",
            "AUTH *** > +OK", "RETR 1 > +OK", "QUIT > +OK");
    }

    private static async Task AssertSecuredAsync(
        string curl, TemporaryFolder folder, int port, string[] client, string protocol, params string[] expected)
    {
        string keys = folder["keys"];
        File.Delete(keys);
        string capture = await LiveCapture.OfAsync(
            folder, port, async () => Assert.Equal(0, await SayAsync(curl, client, keys)));
        string[] told = await ToldAsync(capture, "--keys", keys);
        foreach (string line in expected) Assert.Contains(line, told);
        // What is secret stays so, also in the words of a message and in what its bytes are.
        string lines = (await TramaProcess.RunAsync(["trace", capture, "--keys", keys])).Output;
        Assert.DoesNotContain(MailServer.Password, lines, StringComparison.Ordinal);
        Assert.DoesNotContain("AGFuYQBodW50ZXIy", lines, StringComparison.Ordinal);
        string json = (await TramaProcess.RunAsync(["trace", capture, "--keys", keys, "--json"])).Output;
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(json);
        string[] layers = [.. document.RootElement.GetProperty("connections")[0].GetProperty("layers").EnumerateArray()
            .Select(layer => layer.GetString()!)];
        Assert.Equal(["tls1.3", protocol], layers);
        // Without the keys there is what was said before TLS, and no word of what was said in it.
        string[] without = await ToldAsync(capture);
        Assert.Contains(expected[0], without);
        Assert.DoesNotContain(expected[^1], without);
    }

    private static async Task<string> ReadyAsync()
    {
        string curl = TestData.Program("curl");
        await Captures.RequireLiveAsync();
        return curl;
    }

    private static async Task<string[]> ToldAsync(string capture, params string[] options)
    {
        string[] told = await ToldExchanges.OfAsync(capture, options);
        Assert.DoesNotContain(told, line => line.Contains(MailServer.Password, StringComparison.Ordinal));
        return told;
    }

    private static string[] Mail(TemporaryFolder folder, int port) =>
        ["--url", $"smtp://127.0.0.1:{port}/me.example", "--mail-from", "ana@example.org", "-T", Content(folder)];

    // Lines that are commands elsewhere, dots at the beginning, and more than a piece.
    private static string Content(TemporaryFolder folder)
    {
        string path = folder["mail.txt"];
        File.WriteAllText(path, "Subject: hi\r\n\r\n.\r\n..dots\r\nQUIT\r\nRCPT TO:<x@example.org>\r\n"
            + string.Concat(Enumerable.Range(0, 9000).Select(line => $"{line}\r\n")));
        return path;
    }

    private static async Task<int> SayAsync(string curl, string[] options, string? keys = null)
    {
        string[] environment = keys is null ? [] : [$"SSLKEYLOGFILE={keys}"];
        return (await TramaProcess.RunAsync("/usr/bin/env", [.. environment, curl, "-sS", "--max-time", "30", .. options])).Code;
    }
}
