using System.Text;

namespace Trama.Framing.Tests;

/// <summary>Conversations and the messages they hold. In a sample, each line is said as it is written, with the escapes of
/// <see cref="VisibleText"/>; <c>&gt;</c> begins what the client says, <c>&lt;</c> what the server says.</summary>
internal static class ProtocolSamples
{
    public static TheoryData<string, string, string> All { get; } = new()
    {
        {
            "http1",
            @">GET /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\ncontent-length: 3\r\n\r\nabcHEAD /c HTTP/1.0\r\n\r\n" + "\n"
            + @"<HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n",
            """
            > "GET /a HTTP/1.1\r\nHost: x\r\n\r\n" = GET /a
            > "POST /b HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc" = POST /b
            > "HEAD /c HTTP/1.0\r\n\r\n" = HEAD /c
            < "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi" = 200 OK
            < "HTTP/1.1 100 Continue\r\n\r\n" = 100 Continue [Interim]
            < "HTTP/1.1 204\r\n\r\n" = 204
            < "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" = 200 OK
            """
        },
        {
            "http1",
            @">PUT /f HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\nContent-Length: 9\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\nGET / HTTP/1.1\r\n\r\n" + "\n"
            + @"<HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\nHTTP/1.0 200 OK\r\n\r\nuntil the end\r\n\r\n",
            """
            > "PUT /f HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\nContent-Length: 9\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n" = PUT /f
            > "GET / HTTP/1.1\r\n\r\n" = GET /
            < "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n" = 201 Created
            < "HTTP/1.0 200 OK\r\n\r\nuntil the end\r\n\r\n" = 200 OK
            """
        },
        {
            "http1",
            @">GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n\r\n" + "\n"
            + @"<HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\0" + "\n" + @">\x82\0" + "\n" + @"<\x83\0",
            """
            > "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n\r\n" = GET /chat
            < "HTTP/1.1 101 Switching Protocols\r\n\r\n" = 101 Switching Protocols [ProtocolChange]
            < "\x81\x00"
            > "\x82\x00"
            < "\x83\x00"
            """
        },
        {
            "auto",
            @">CONNECT example.org:443 HTTP/1.1\r\n\r\n" + "\n" + @"<HTTP/1.1 200 Connected\r\n\r\n" + "\n" + @">*1\r\n$4\r\nPING\r\n"
                + "\n" + @"<+PONG\r\n",
            """
            > "CONNECT example.org:443 HTTP/1.1\r\n\r\n" = CONNECT example.org:443
            < "HTTP/1.1 200 Connected\r\n\r\n" = 200 Connected [ProtocolChange]
            > "*1\r\n$4\r\nPING\r\n" = PING
            < "+PONG\r\n" = +PONG
            """
        },
        {
            "http1",
            @">GET / HTTP/1.1\r\nContent-Length: 0000000000000000000000002, 2\r\n\r\nab",
            """
            > "GET / HTTP/1.1\r\nContent-Length: 0000000000000000000000002, 2\r\n\r\nab" = GET /
            """
        },
        {
            "http1",
            @">GET / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
            """
            > http1: ConflictingLengths at 35
            > "GET / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"
            """
        },
        {
            "http1",
            @">GET / HTTP/1.1\r\n\r\nGET / HTTP/2.0\r\n\r\n",
            """
            > "GET / HTTP/1.1\r\n\r\n" = GET /
            > http1: BadStartLine at 18
            > "GET / HTTP/2.0\r\n\r\n"
            """
        },
        {
            "http1",
            @"<HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
            """
            < http1: BadChunk at 52
            < "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n"
            """
        },
        {
            "http1",
            @"<HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            """
            < http1: BadHeader at 17
            < "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"
            """
        },
        {
            "http1",
            @"<HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhalf",
            """
            < "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhalf" = 200 OK [cut]
            """
        },
        {
            "resp",
            @">*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n*1\r\n$4\r\nPING\r\nPING\r\n\r\nINCR n\r\n" + "\n"
            + @"<$5\r\nva\r\nl\r\n+PONG\r\n+PONG\r\n:42\r\n>2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n",
            """
            > "*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n" = GET key
            > "*1\r\n$4\r\nPING\r\n" = PING
            > "PING\r\n" = PING
            > "\r\nINCR n\r\n" = INCR n
            < "$5\r\nva\r\nl\r\n" = va\r\nl
            < "+PONG\r\n" = +PONG
            < "+PONG\r\n" = +PONG
            < ":42\r\n" = :42
            < ">2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n" = >2 [Unsolicited]
            """
        },
        {
            "resp",
            @">*3\r\n$9\r\nSUBSCRIBE\r\n$1\r\na\r\n$1\r\nb\r\n*1\r\n$4\r\nQUIT\r\n" + "\n"
            + @"<*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n*3\r\n$9\r\nsubscribe\r\n$1\r\nb\r\n:2\r\n+OK\r\n*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$2\r\nhi\r\n",
            """
            > "*3\r\n$9\r\nSUBSCRIBE\r\n$1\r\na\r\n$1\r\nb\r\n" = SUBSCRIBE a
            > "*1\r\n$4\r\nQUIT\r\n" = QUIT [Goodbye]
            < "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n" = *3 subscribe a [Interim]
            < "*3\r\n$9\r\nsubscribe\r\n$1\r\nb\r\n:2\r\n" = *3 subscribe b
            < "+OK\r\n" = +OK
            < "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$2\r\nhi\r\n" = *3 message a [Unsolicited]
            """
        },
        {
            "resp",
            @"<*2\r\n*2\r\n:1\r\n*0\r\n$-1\r\n$-1\r\n*-1\r\n%1\r\n+a\r\n_\r\n|1\r\n+ttl\r\n:3\r\n#t\r\n-ERR no\r\n=7\r\ntxt:abc\r\n$0\r\n\r\n",
            """
            < "*2\r\n*2\r\n:1\r\n*0\r\n$-1\r\n" = *2
            < "$-1\r\n" = nil
            < "*-1\r\n" = *0 nil
            < "%1\r\n+a\r\n_\r\n" = %2
            < "|1\r\n+ttl\r\n:3\r\n#t\r\n" = |2
            < "-ERR no\r\n" = -ERR no
            < "=7\r\ntxt:abc\r\n" = txt:abc
            < "$0\r\n\r\n"
            """
        },
        { "resp", @"<+OK\r\n?what", "< \"+OK\\r\\n\" = +OK\n< resp: BadType at 5\n< \"?what\"" },
        { "resp", @"<$3\r\nabcd\r\n", "< resp: MissingLineEnd at 7\n< \"$3\\r\\nabcd\\r\\n\"" },
        { "resp", @"<$x\r\n", "< resp: BadLength at 1\n< \"$x\\r\\n\"" },
        { "resp", @"<*99999999999\r\n", "< resp: BadLength at 10\n< \"*99999999999\\r\\n\"" },
        {
            "commands",
            @"<220-mail.example.org\r\n220 ESMTP\r\n" + "\n" + @">EHLO me\r\n" + "\n" + @"<250-mail\r\n250-SIZE 99\r\n250 STARTTLS\r\n"
                + "\n"
            + @">MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n" + "\n" + @"<250 ok\r\n250 ok\r\n354 go ahead\r\n" + "\n"
                + @">Subject: x\r\n\r\n..dot\r\n.\r\n" + "\n" + @"<250 queued\r\n" + "\n"
            + @">BDAT 4 LAST\r\na\r\nbQUIT\r\n" + "\n" + @"<250 ok\r\n221 bye\r\n",
            """
            < "220-mail.example.org\r\n220 ESMTP\r\n" = 220-mail.example.org [Unsolicited]
            > "EHLO me\r\n" = EHLO me
            < "250-mail\r\n250-SIZE 99\r\n250 STARTTLS\r\n" = 250-mail
            > "MAIL FROM:<a@b>\r\n" = MAIL FROM:<a@b>
            > "RCPT TO:<c@d>\r\n" = RCPT TO:<c@d>
            > "DATA\r\n" = DATA
            < "250 ok\r\n" = 250 ok
            < "250 ok\r\n" = 250 ok
            < "354 go ahead\r\n" = 354 go ahead
            > "Subject: x\r\n\r\n..dot\r\n.\r\n" = content
            < "250 queued\r\n" = 250 queued
            > "BDAT 4 LAST\r\na\r\nb" = BDAT 4 LAST
            > "QUIT\r\n" = QUIT [Goodbye]
            < "250 ok\r\n" = 250 ok
            < "221 bye\r\n" = 221 bye
            """
        },
        {
            "auto",
            @"<220 FTP ready\r\n" + "\n" + @">RETR f\r\n" + "\n" + @"<150 opening\r\n226-sent\r\n 226 not yet\r\n226 done\r\n" + "\n"
                + @">AUTH TLS\r\n" + "\n" + @"<234 go\r\n" + "\n"
            + @">\x16\x03\x01\0\x05\x01\0\0\x01x" + "\n" + @"<\x15\x03\x03\0\x02\x02\x28",
            """
            < "220 FTP ready\r\n" = 220 FTP ready [Unsolicited]
            > "RETR f\r\n" = RETR f
            < "150 opening\r\n" = 150 opening [Interim]
            < "226-sent\r\n 226 not yet\r\n226 done\r\n" = 226-sent
            > "AUTH TLS\r\n" = AUTH TLS
            < "234 go\r\n" = 234 go [ProtocolChange]
            > "\x16\x03\x01\x00\x05\x01\x00\x00\x01x" = TLS ClientHello
            < "\x15\x03\x03\x00\x02\x02(" = TLS alert fatal handshake_failure [NoReply, Goodbye]
            """
        },
        { "commands", @"<220 hi\r\nwhat\r\n", "< \"220 hi\\r\\n\" = 220 hi [Unsolicited]\n< commands: BadReply at 8\n< \"what\\r\\n\"" },
        {
            "auto",
            @"<+OK POP3 ready\r\n" + "\n" + @">LIST\r\nLIST 1\r\nRETR 1\r\n" + "\n" + @"<+OK 1\r\n1 120\r\n.\r\n+OK 1 120\r\n-ERR gone\r\n",
            """
            < "+OK POP3 ready\r\n" = +OK POP3 ready [Unsolicited]
            > "LIST\r\n" = LIST
            > "LIST 1\r\n" = LIST 1
            > "RETR 1\r\n" = RETR 1
            < "+OK 1\r\n1 120\r\n.\r\n" = +OK 1
            < "+OK 1 120\r\n" = +OK 1 120
            < "-ERR gone\r\n" = -ERR gone
            """
        },
        { "auto", @">Olá, servidor!" + "\n" + @"<GET it", "> \"Olá, servidor!\"\n< \"GET it\"" },
        { "auto", @">GET key\r\n" + "\n" + @"<value", "> \"GET key\\r\\n\"\n< \"value\"" },
        { "auto", @">PO" + "\n" + @"<HTTP/1.1 200 OK\r\n\r\n", "> \"PO\"\n< \"HTTP/1.1 200 OK\\r\\n\\r\\n\"" },
        { "auto", @">PING\r\nPING\r\n" + "\n" + @"<+PONG\r\n+PONG\r\n", "> \"PING\\r\\n\" = PING\n> \"PING\\r\\n\" = PING\n< "
            + "\"+PONG\\r\\n\" = +PONG\n< \"+PONG\\r\\n\" = +PONG" },
        {
            "tls",
            @">\x16\x03\x01\0\x49\x01\0\0\x45\x03\x03" + string.Concat(Enumerable.Repeat(@"\0", 32))
                + @"\0\0\x02\x13\x01\x01\0\0\x1a\0\0\0\x06\0\x04\0\0\x01h\0\x10\0\x05\0\x03\x02h2\0\x2b\0\x03\x02\x03\x04" + "\n"
            + @"<\x17\x03\x03\0\x03abc\x17\x03\x03\0\x04abcd" + "\n" + @">\x15\x03\x03\0\x02ab",
            """
            > "\x16\x03\x01\x00I\x01\x00\x00E\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x13\x01\x01\x00\x00\x1a\x00\x00\x00\x06\x00\x04\x00\x00\x01h\x00\x10\x00\x05\x00\x03\x02h2\x00+\x00\x03\x02\x03\x04" = TLS ClientHello sni=h alpn=h2 TLS 1.3
            < "\x17\x03\x03\x00\x03abc\x17\x03\x03\x00\x04abcd" = TLS application data 7 B
            > "\x15\x03\x03\x00\x02ab" = TLS alert [NoReply]
            """
        },
        { "tls", @">\x16\x03\x01\0\0", "> tls: BadRecord at 0\n> \"\\x16\\x03\\x01\\x00\\x00\"" },
    };

    public static (Direction From, byte[] Bytes)[] Bytes(string said) =>
        [.. said.Split('\n').Select(line => (line[0] == '>' ? Direction.ToServer : Direction.ToClient, Unescape(line[1..])))];

    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
                continue;
            }

            switch (text[++i])
            {
                case 'r': bytes.Add((byte)'\r'); break;
                case 'n': bytes.Add((byte)'\n'); break;
                case '0': bytes.Add(0); break;
                default:
                    bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                    i += 2;
                    break;
            }
        }

        return [.. bytes];
    }
}
